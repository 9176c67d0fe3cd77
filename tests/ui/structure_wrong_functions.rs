use rekuest::prelude::*;

struct NoError;

#[derive(Structure)]
#[structure(identifier = "@mikro/image", expand = load, shrink = store)]
struct Image {
    pixels: Vec<u16>,
}

fn load(id: String, _: &Contexts) -> Result<Image, String> {
    Err(id)
}

async fn store(_: Image, _: &Contexts) -> Result<String, NoError> {
    Err(NoError)
}

#[derive(Structure)]
#[structure(identifier = "@mikro/table", expand = read, shrink = missing)]
struct Table {
    rows: Vec<u16>,
}

async fn read(_: u64) -> Result<Table, String> {
    Err(String::new())
}

#[register]
fn show(image: Image, table: Table) {
    let _ = (image, table);
}

fn main() {}
