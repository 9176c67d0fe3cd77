//! Functions that need each other to be there: nobody could ever call one of them.

use std::collections::HashMap;

use rekuest_core::Function;

use super::{CompositionError, Extensions};

/// Whether no functions of the app depend on each other. What cannot be written is told elsewhere.
pub(super) fn check(extensions: &Extensions) -> Result<(), CompositionError> {
    let functions: Vec<&Function> = extensions.functions().map(|(_, function)| function).collect();
    let depending = |function: &&Function| !function.dependencies().is_empty();
    if !functions.iter().any(depending) {
        return Ok(());
    }
    let actions: Vec<(usize, String, _)> = functions
        .iter()
        .enumerate()
        .filter_map(|(index, function)| {
            let definition = function.definition().ok()?;
            Some((index, definition.hash(), definition))
        })
        .collect();
    let mut edges: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, function) in functions.iter().enumerate() {
        let required = function.dependencies().iter().filter(|dependency| !dependency.is_optional());
        for demand in required.filter_map(|dependency| dependency.demand().to_buf().ok()) {
            // What is like itself is served by another one, unless it is itself that it asks for.
            let may = |served: usize| served != index || demand.hash.is_some();
            let mut serving = actions
                .iter()
                .filter(|(served, hash, definition)| may(*served) && demand.fits(hash, definition));
            // Where there are several, another one may do.
            if let (Some((served, ..)), None) = (serving.next(), serving.next()) {
                edges.entry(index).or_default().push(*served);
            }
        }
    }
    let mut done = vec![false; functions.len()];
    for begin in 0..functions.len() {
        if let Some(circle) = circle(begin, &edges, &mut Vec::new(), &mut done) {
            let functions =
                circle.iter().map(|index| format!("`{}`", functions[*index].interface())).collect();
            return Err(CompositionError::CircularDependencies { functions });
        }
    }
    Ok(())
}

/// Follows the edges from one function on until they lead back.
fn circle(
    at: usize,
    edges: &HashMap<usize, Vec<usize>>,
    path: &mut Vec<usize>,
    done: &mut [bool],
) -> Option<Vec<usize>> {
    if let Some(begin) = path.iter().position(|earlier| *earlier == at) {
        return Some(path.split_off(begin));
    }
    if done[at] {
        return None;
    }
    path.push(at);
    let found = edges.get(&at).into_iter().flatten().find_map(|next| circle(*next, edges, path, done));
    path.pop();
    done[at] = true;
    found
}
