using Review.Model.Collections;

namespace Review.Model.Memory;

/// <summary>An open file's inode with its page cache. What is inside the file and not in the cache is a hole: zeroes.</summary>
/// <param name="Backing">Which file system.</param>
/// <param name="SizePages">Its size, in pages of 4 KiB.</param>
public sealed record FileObject(Backing Backing, ulong SizePages)
{
    /// <summary>The frames in the page cache by page index; in units of 2 MiB for hugetlbfs.</summary>
    public SparseMap<int> Cache { get; init; } = SparseMap<int>.Empty;

    /// <summary>F_SEAL_WRITE: no writable shared mapping, and mappings may never become writable.</summary>
    public bool IsWriteSealed { get; init; }

    /// <summary>Whether the inode belongs to the superuser and nobody else may write it.</summary>
    public bool IsPrivateToRoot { get; init; } = true;

    /// <summary>Whether fallocate(FALLOC_FL_PUNCH_HOLE) works.</summary>
    public bool CanPunchHole => Backing is Backing.DiskFile or Backing.Shmem or Backing.HugeTlb;

    /// <summary>Whether a read reads ahead around the wanted page.</summary>
    public bool ReadsAhead => Backing == Backing.DiskFile;
}
