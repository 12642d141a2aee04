//! A disk as a folder: what the kernel's FUSE asks, answered from an [`Image`](crate::image::Image).
//!
//! The kernel keeps a cache of its own and hands every write on at once, so that we know of it before
//! the program does. Locks are the kernel's; shared memory is its cache.

use std::{
    ffi::OsStr,
    sync::MutexGuard,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use fuser::{
    BsdFileFlags, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo, LockOwner,
    OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory, ReplyEmpty, ReplyEntry, ReplyOpen,
    ReplyStatfs, ReplyWrite, Request, TimeOrNow, WriteFlags,
};

use crate::{
    image::Number,
    state::{Disk, State, Trouble},
};

/// The folder; files come after it.
const ROOT: u64 = 1;
/// Nobody else changes anything, so that the kernel may trust its memory.
const TRUST: Duration = Duration::from_hours(1);
const BLOCK: u32 = 512;

/// What the kernel asks.
pub(crate) struct Folder(pub(crate) Disk);

type DiskResult<T> = Result<T, Errno>;

impl Folder {
    /// The disk, where it has power.
    fn disk(&self) -> DiskResult<MutexGuard<'_, State>> {
        let state = self.0.state();
        if state.trouble == Trouble::Off { Err(Errno::EIO) } else { Ok(state) }
    }

    /// The disk, where it can be changed.
    fn writable(&self) -> DiskResult<MutexGuard<'_, State>> {
        let state = self.disk()?;
        if state.trouble == Trouble::ReadOnly { Err(Errno::EROFS) } else { Ok(state) }
    }

    fn look_up(&self, name: &OsStr) -> DiskResult<FileAttr> {
        let disk = self.disk()?;
        let file = disk.image.named(name).ok_or(Errno::ENOENT)?;
        Ok(attributes(file, disk.image.len(file).unwrap_or(0)))
    }

    fn attributes(&self, ino: INodeNo) -> DiskResult<FileAttr> {
        if ino.0 == ROOT {
            return Ok(folder());
        }
        let (disk, file) = (self.disk()?, number(ino)?);
        Ok(attributes(file, disk.image.len(file).ok_or(Errno::ENOENT)?))
    }

    fn resize(&self, ino: INodeNo, size: Option<u64>) -> DiskResult<FileAttr> {
        if let Some(size) = size {
            let (mut disk, file) = (self.writable()?, number(ino)?);
            let (size, now) = (usize::try_from(size).map_err(|_| Errno::EFBIG)?, disk.image.len(file).unwrap_or(0));
            has_room(&disk, size.saturating_sub(now))?;
            disk.image.resize(file, size);
        }
        self.attributes(ino)
    }

    fn make(&self, name: &OsStr) -> DiskResult<FileAttr> {
        let mut disk = self.writable()?;
        let file = match disk.image.named(name) {
            Some(file) => file,
            None => disk.image.make(name),
        };
        Ok(attributes(file, disk.image.len(file).unwrap_or(0)))
    }

    fn store(&self, ino: INodeNo, offset: u64, data: &[u8]) -> DiskResult<()> {
        let (mut disk, file) = (self.writable()?, number(ino)?);
        let at = usize::try_from(offset).map_err(|_| Errno::EFBIG)?;
        has_room(&disk, (at + data.len()).saturating_sub(disk.image.len(file).unwrap_or(0)))?;
        disk.image.write(file, at, data);
        Ok(())
    }

    fn remove(&self, name: &OsStr) -> DiskResult<()> {
        let mut disk = self.writable()?;
        disk.image.named(name).ok_or(Errno::ENOENT)?;
        disk.image.remove(name);
        Ok(())
    }

    fn rename(&self, from: &OsStr, to: &OsStr) -> DiskResult<()> {
        let mut disk = self.writable()?;
        disk.image.named(from).ok_or(Errno::ENOENT)?;
        disk.image.rename(from, to);
        Ok(())
    }

    /// Syncs a file, or the names where it is the folder. `None`: later.
    fn sync(&self, ino: INodeNo, reply: ReplyEmpty) {
        let mut disk = match self.disk() {
            Ok(disk) => disk,
            Err(error) => return reply.error(error),
        };
        let disk = &mut *disk;
        match (disk.trouble, number(ino).ok()) {
            (Trouble::SyncsHang, _) => {
                disk.waiting.push(reply);
                self.0.signal_hanging();
            }
            (Trouble::SyncsFail, file) => {
                if let Some(file) = file {
                    disk.image.fail_to_sync(file, &mut disk.rng);
                }
                reply.error(Errno::EIO);
            }
            (_, Some(file)) => {
                disk.image.sync(file);
                reply.ok();
            }
            (_, None) => {
                disk.image.sync_names();
                reply.ok();
            }
        }
    }
}

impl Filesystem for Folder {
    fn lookup(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEntry) {
        match self.look_up(name) {
            Ok(attributes) => reply.entry(&TRUST, &attributes, Generation(0)),
            Err(error) => reply.error(error),
        }
    }

    fn getattr(&self, _: &Request, ino: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        match self.attributes(ino) {
            Ok(attributes) => reply.attr(&TRUST, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn setattr(
        &self,
        _: &Request,
        ino: INodeNo,
        _: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        size: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        match self.resize(ino, size) {
            Ok(attributes) => reply.attr(&TRUST, &attributes),
            Err(error) => reply.error(error),
        }
    }

    fn create(&self, _: &Request, _: INodeNo, name: &OsStr, _: u32, _: u32, _: i32, reply: ReplyCreate) {
        match self.make(name) {
            Ok(attributes) => {
                reply.created(&TRUST, &attributes, Generation(0), FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE);
            }
            Err(error) => reply.error(error),
        }
    }

    fn open(&self, _: &Request, _: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        match self.disk() {
            Ok(_) => reply.opened(FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE),
            Err(error) => reply.error(error),
        }
    }

    fn read(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        match self.disk().and_then(|disk| Ok((disk, number(ino)?))) {
            Ok((disk, file)) => {
                reply.data(disk.image.read(file, usize::try_from(offset).unwrap_or(usize::MAX), size as usize));
            }
            Err(error) => reply.error(error),
        }
    }

    fn write(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        match self.store(ino, offset, data) {
            Ok(()) => reply.written(u32::try_from(data.len()).unwrap_or(u32::MAX)),
            Err(error) => reply.error(error),
        }
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }

    fn fsync(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        self.sync(ino, reply);
    }

    fn fsyncdir(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        self.sync(ino, reply);
    }

    fn unlink(&self, _: &Request, _: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        match self.remove(name) {
            Ok(()) => reply.ok(),
            Err(error) => reply.error(error),
        }
    }

    fn rename(
        &self,
        _: &Request,
        _: INodeNo,
        name: &OsStr,
        _: INodeNo,
        new_name: &OsStr,
        _: RenameFlags,
        reply: ReplyEmpty,
    ) {
        match self.rename(name, new_name) {
            Ok(()) => reply.ok(),
            Err(error) => reply.error(error),
        }
    }

    fn readdir(&self, _: &Request, _: INodeNo, _: FileHandle, offset: u64, mut reply: ReplyDirectory) {
        let Ok(disk) = self.disk() else { return reply.error(Errno::EIO) };
        let itself = [(OsStr::new("."), ROOT, FileType::Directory), (OsStr::new(".."), ROOT, FileType::Directory)];
        let files = disk.image.names().map(|(name, file)| (name, ino(file).0, FileType::RegularFile));
        for (place, (name, ino, kind)) in itself.into_iter().chain(files).enumerate() {
            let next = place as u64 + 1;
            if next > offset && reply.add(INodeNo(ino), next, kind, name) {
                break;
            }
        }
        reply.ok();
    }

    fn statfs(&self, _: &Request, _: INodeNo, reply: ReplyStatfs) {
        reply.statfs(1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20, BLOCK, 255, BLOCK);
    }
}

fn has_room(disk: &State, more: usize) -> DiskResult<()> {
    if more > 0 && disk.trouble == Trouble::Full { Err(Errno::ENOSPC) } else { Ok(()) }
}

fn number(ino: INodeNo) -> DiskResult<Number> {
    ino.0.checked_sub(ROOT + 1).and_then(|number| usize::try_from(number).ok()).ok_or(Errno::EISDIR)
}

fn ino(file: Number) -> INodeNo {
    INodeNo(file as u64 + ROOT + 1)
}

fn folder() -> FileAttr {
    FileAttr { ino: INodeNo(ROOT), kind: FileType::Directory, perm: 0o700, nlink: 2, ..attributes(0, 0) }
}

fn attributes(file: Number, len: usize) -> FileAttr {
    FileAttr {
        ino: ino(file),
        size: len as u64,
        blocks: (len as u64).div_ceil(u64::from(BLOCK)),
        atime: UNIX_EPOCH,
        mtime: UNIX_EPOCH,
        ctime: UNIX_EPOCH,
        crtime: UNIX_EPOCH,
        kind: FileType::RegularFile,
        perm: 0o600,
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: 4_096,
        flags: 0,
    }
}
