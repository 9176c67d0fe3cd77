impl Stage {
    fn unrelated() {}
}

#[register]
fn moved(&self, by: i64) {}
