#[derive(Structure)]
#[structure(identifier = "@mikro/image")]
struct ImageId(u64);

#[derive(Structure)]
#[structure(identifier = "@mikro/table", expand = load, shrink = Table::store)]
struct Table {
    id: String,
    rows: Vec<u8>,
}

#[derive(Structure)]
#[structure(identifier = "@mikro/plate", custom)]
enum Plate {
    Small,
    Large,
}
