/// Which file system a folder lies on, from the kernel's own list.
module Orchestrator.Experiments.Store.FileSystems

open System

/// File systems that other machines share: their locks do not hold what SQLite needs.
let private shared =
    set [
        "nfs"
        "nfs4"
        "cifs"
        "smb3"
        "smbfs"
        "lustre"
        "gpfs"
        "beegfs"
        "ceph"
        "glusterfs"
        "fuse.glusterfs"
        "fuse.sshfs"
        "fuse.ceph"
        "fuse.s3fs"
        "afs"
        "9p"
        "ncpfs"
        "pvfs2"
        "orangefs"
        "wekafs"
        "panfs"
        "ocfs2"
        "gfs2"
    ]

// The kernel writes blanks in mount points as octal escapes.
let private unescape (path: string) =
    path.Replace("\\040", " ").Replace("\\011", "\t").Replace("\\012", "\n").Replace("\\134", "\\")

/// The type of the file system that holds a path, out of the lines of /proc/mounts.
let typeOf (mounts: string seq) (path: string) =
    let holds (point: string) =
        point = "/"
        || path = point
        || path.StartsWith(point.TrimEnd('/') + "/", StringComparison.Ordinal)

    mounts
    |> Seq.map (fun line -> line.Split(' '))
    |> Seq.filter (fun fields -> fields.Length > 2 && holds (unescape fields[1]))
    // The longest mount point wins, and of two on one point the later one.
    |> Seq.fold
        (fun best fields ->
            match best with
            | Some(point: string, _) when point.Length > fields[1].Length -> best
            | _ -> Some(fields[1], fields[2]))
        None
    |> Option.map snd

/// The type of a shared file system that holds the folder, or None for a local one.
let sharedType (folder: string) =
    typeOf (KernelFiles.lines "/proc/mounts") (KernelFiles.realPath folder)
    |> Option.filter shared.Contains
