//! The directory that references may lead into, and nothing outside of it.

use std::io;
use std::path::{Path, PathBuf};

use super::{Refusal, Source};

/// The most files that one document is read from.
const MAX_FILES: usize = 10_000;
/// The most bytes in all of them.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// A directory of which files are read; what it holds by symbolic links that lead out of it is not in it.
#[derive(Debug)]
pub struct Folder {
    /// As the system calls it, without links; none if there is no such directory.
    root: Option<PathBuf>,
    files: usize,
    bytes: usize,
}

impl Folder {
    /// The directory at `path`.
    pub fn new(path: &Path) -> Self {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        Self { root: path.canonicalize().ok(), files: 0, bytes: 0 }
    }

    /// The file that `path` leads to, without links, if it is in the directory.
    ///
    /// # Errors
    ///
    /// If it is not, or there is no such file.
    pub fn find(&self, path: &Path) -> Result<PathBuf, Refusal> {
        let target = path.canonicalize().map_err(|error| self.absent(path, &error))?;
        match &self.root {
            Some(root) if target.starts_with(root) => Ok(target),
            Some(_) | None => Err(Refusal::Outside),
        }
    }

    /// Reads a file that was [found](Folder::find), to be called `name` in messages.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or if it is one too many.
    pub fn read(&mut self, target: &Path, name: &str) -> Result<Source, Refusal> {
        if self.files == MAX_FILES {
            return Err(Refusal::TooMany);
        }
        if !target.is_file() {
            return Err(Refusal::Unreadable("it is no file".to_owned()));
        }
        let source = Source::read_file(target).map_err(|error| Refusal::Unreadable(error.reason()))?;
        let source = Source::from_text(name, source.into_text());
        self.bytes = self.bytes.saturating_add(source.text().len());
        if self.bytes > MAX_BYTES {
            return Err(Refusal::TooMany);
        }
        self.files += 1;
        Ok(source)
    }

    /// Whether something outside exists is nobody's business.
    fn absent(&self, path: &Path, error: &io::Error) -> Refusal {
        let parents = path.ancestors().skip(1);
        let mut nearest =
            parents.map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
        let nearest = nearest.find_map(|parent| parent.canonicalize().ok());
        let is_inside = match (&self.root, nearest) {
            (Some(root), Some(nearest)) => nearest.starts_with(root),
            (Some(_) | None, _) => false,
        };
        match (is_inside, error.kind()) {
            (false, _) => Refusal::Outside,
            (true, io::ErrorKind::NotFound) => Refusal::Unreadable("there is no such file".to_owned()),
            (true, _) => Refusal::Unreadable(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::Folder;
    use crate::source::Refusal;

    /// `api/` with a file, a neighbour outside, and links to both.
    fn folder() -> (tempfile::TempDir, Folder) {
        let dir = tempfile::tempdir().unwrap();
        let api = dir.path().join("api");
        fs::create_dir(&api).unwrap();
        fs::write(api.join("pet.yaml"), "type: string").unwrap();
        fs::write(dir.path().join("secret.yaml"), "type: string").unwrap();
        let folder = Folder::new(&api);
        (dir, folder)
    }

    #[test]
    fn what_is_inside_is_read_under_the_name_it_is_asked_for_by() {
        let (dir, mut folder) = folder();
        let target = folder.find(&dir.path().join("api/../api/pet.yaml")).unwrap();
        assert_eq!(
            folder.read(&target, "pet.yaml").map(|source| source.name().to_owned()),
            Ok("pet.yaml".into())
        );
    }

    #[test]
    fn what_is_outside_is_refused_whether_it_is_there_or_not() {
        let (dir, folder) = folder();
        for path in ["secret.yaml", "api/../secret.yaml", "api/../nothing.yaml", "no/thing.yaml"] {
            assert_eq!(folder.find(&dir.path().join(path)), Err(Refusal::Outside), "{path}");
        }
        let missing = folder.find(&dir.path().join("api/nothing.yaml"));
        assert_eq!(missing, Err(Refusal::Unreadable("there is no such file".to_owned())));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_refused() {
        let (dir, folder) = folder();
        let link = dir.path().join("api/link.yaml");
        std::os::unix::fs::symlink("../secret.yaml", &link).unwrap();
        assert_eq!(folder.find(&link), Err(Refusal::Outside));
        let inner = dir.path().join("api/inner.yaml");
        std::os::unix::fs::symlink("pet.yaml", &inner).unwrap();
        assert!(folder.find(&inner).is_ok_and(|target| target.ends_with("api/pet.yaml")));
    }

    #[test]
    fn a_directory_is_no_file() {
        let (dir, mut folder) = folder();
        let target = folder.find(&dir.path().join("api")).unwrap();
        assert_eq!(
            folder.read(&target, "api").map(|_| ()),
            Err(Refusal::Unreadable("it is no file".to_owned()))
        );
    }
}
