#[derive(Memorable)]
#[memorable(label = Volume::title, description = describe)]
struct Volume {
    pixels: Vec<u16>,
}

#[derive(Memorable)]
#[memorable(identifier = "lab.light")]
struct Light;
