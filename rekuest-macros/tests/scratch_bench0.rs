//! x
extern crate self as rekuest;
#[doc(hidden)]
pub use rekuest_core as __core;
pub fn add0(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add1(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add2(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add3(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add4(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add5(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add6(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add7(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add8(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add9(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add10(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add11(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add12(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add13(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add14(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add15(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add16(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add17(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add18(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add19(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add20(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add21(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add22(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add23(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add24(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add25(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add26(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add27(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add28(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add29(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add30(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add31(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add32(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add33(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add34(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add35(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add36(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add37(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add38(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add39(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add40(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add41(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add42(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add43(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add44(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add45(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add46(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add47(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add48(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add49(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add50(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add51(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add52(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add53(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add54(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add55(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add56(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add57(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add58(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add59(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add60(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add61(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add62(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add63(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add64(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add65(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add66(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add67(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add68(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add69(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add70(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add71(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add72(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add73(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add74(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add75(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add76(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add77(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add78(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add79(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add80(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add81(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add82(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add83(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add84(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add85(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add86(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add87(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add88(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add89(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add90(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add91(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add92(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add93(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add94(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add95(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add96(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add97(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add98(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add99(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add100(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add101(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add102(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add103(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add104(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add105(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add106(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add107(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add108(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add109(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add110(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add111(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add112(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add113(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add114(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add115(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add116(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add117(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add118(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add119(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add120(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add121(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add122(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add123(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add124(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add125(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add126(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add127(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add128(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add129(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add130(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add131(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add132(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add133(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add134(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add135(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add136(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add137(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add138(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add139(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add140(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add141(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add142(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add143(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add144(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add145(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add146(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add147(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add148(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add149(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add150(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add151(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add152(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add153(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add154(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add155(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add156(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add157(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add158(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add159(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add160(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add161(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add162(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add163(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add164(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add165(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add166(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add167(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add168(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add169(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add170(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add171(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add172(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add173(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add174(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add175(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add176(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add177(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add178(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add179(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add180(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add181(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add182(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add183(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add184(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add185(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add186(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add187(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add188(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add189(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add190(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add191(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add192(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add193(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add194(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add195(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add196(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add197(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add198(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add199(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add200(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add201(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add202(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add203(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add204(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add205(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add206(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add207(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add208(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add209(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add210(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add211(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add212(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add213(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add214(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add215(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add216(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add217(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add218(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add219(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add220(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add221(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add222(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add223(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add224(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add225(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add226(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add227(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add228(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add229(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add230(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add231(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add232(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add233(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add234(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add235(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add236(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add237(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add238(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add239(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add240(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add241(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add242(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add243(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add244(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add245(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add246(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add247(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add248(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add249(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add250(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add251(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add252(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add253(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add254(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add255(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add256(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add257(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add258(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add259(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add260(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add261(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add262(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add263(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add264(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add265(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add266(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add267(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add268(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add269(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add270(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add271(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add272(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add273(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add274(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add275(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add276(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add277(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add278(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add279(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add280(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add281(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add282(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add283(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add284(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add285(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add286(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add287(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add288(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add289(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add290(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add291(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add292(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add293(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add294(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add295(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add296(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add297(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add298(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add299(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add300(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add301(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add302(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add303(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add304(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add305(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add306(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add307(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add308(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add309(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add310(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add311(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add312(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add313(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add314(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add315(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add316(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add317(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add318(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add319(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add320(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add321(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add322(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add323(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add324(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add325(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add326(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add327(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add328(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add329(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add330(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add331(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add332(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add333(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add334(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add335(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add336(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add337(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add338(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add339(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add340(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add341(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add342(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add343(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add344(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add345(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add346(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add347(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add348(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add349(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add350(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add351(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add352(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add353(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add354(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add355(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add356(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add357(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add358(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add359(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add360(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add361(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add362(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add363(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add364(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add365(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add366(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add367(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add368(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add369(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add370(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add371(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add372(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add373(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add374(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add375(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add376(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add377(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add378(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add379(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add380(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add381(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add382(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add383(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add384(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add385(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add386(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add387(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add388(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add389(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add390(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add391(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add392(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add393(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add394(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add395(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
pub fn add396(a: i64, b: i64) -> i64 {
    a + b
}
pub async fn add397(a: String, b: Vec<i64>) -> Result<i64, std::io::Error> {
    let _ = (a, b);
    Ok(1)
}
pub fn add398(a: f64, b: Option<String>, c: bool) -> std::io::Result<String> {
    let _ = (a, b, c);
    Ok(String::new())
}
pub async fn add399(a: i64, b: f64) -> String {
    let _ = (a, b);
    String::new()
}
