using System.Globalization;

namespace Review.Cli.Cache;

/// <summary>
/// The folder where the program keeps what it made once: $MMREVIEW_CACHE, else $XDG_CACHE_HOME/mmreview, else ~/.cache/mmreview.
/// Everything is built in a scratch folder and renamed into place, so nothing half-made is ever seen and several processes
/// can work at once; all of it can be deleted at any time while none runs.
/// </summary>
internal sealed class CacheDirectory : IDisposable
{
    /// <summary>How many bytes may stay of each kind of entry. Snapshots share their files, so that they take less than this on disk.</summary>
    private static readonly (string Kind, long Bytes)[] Limits =
    [
        ("results", 256L << 20), ("headers", 2048L << 20), ("builds", 64L << 20), ("overlays", 256L << 20), (Path.Combine("snapshots", "known"), 1L << 20), ("snapshots", 4096L << 20),
    ];

    private readonly FileStream scratchLock;
    private int scratchCount;

    private CacheDirectory(string root)
    {
        Root = root;
        var scratch = Path.Combine(root, "tmp");
        Directory.CreateDirectory(scratch);
        RemoveLeftovers(scratch);
        Scratch = Path.Combine(scratch, Path.GetRandomFileName());
        scratchLock = new FileStream(Scratch + ".lock", FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        Directory.CreateDirectory(Scratch);
        Opened = File.GetLastWriteTimeUtc(Scratch + ".lock");
    }

    /// <summary>The absolute path of the cache.</summary>
    public string Root { get; }

    /// <summary>When this process opened the cache, in UTC, by the clock of the file system: what has a later time may be changed since.</summary>
    public DateTime Opened { get; }

    private string Scratch { get; }

    /// <summary>Opens the cache, creating it if need be; throws <see cref="UserError"/> if it cannot be written.</summary>
    public static CacheDirectory Open() => Open(Choose(Environment.GetEnvironmentVariable));

    /// <summary>Opens a cache at a folder of the caller's choice.</summary>
    public static CacheDirectory Open(string root)
    {
        try
        {
            return new CacheDirectory(Path.GetFullPath(root));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(root, trouble);
        }
    }

    /// <summary>The folder that the environment asks for. Relative values of XDG_CACHE_HOME are ignored, as its specification says.</summary>
    public static string Choose(Func<string, string?> environment)
    {
        if (environment("MMREVIEW_CACHE") is { Length: > 0 } chosen)
        {
            return chosen;
        }

        if (environment("XDG_CACHE_HOME") is { Length: > 0 } shared && Path.IsPathRooted(shared))
        {
            return Path.Combine(shared, "mmreview");
        }

        return environment("HOME") is { Length: > 0 } home
            ? Path.Combine(home, ".cache", "mmreview")
            : throw new UserError("there is no place for the cache: HOME is not set", "set MMREVIEW_CACHE to a folder that can be written");
    }

    /// <summary>The error for a cache that cannot be written.</summary>
    public static UserError Unwritable(string root, Exception trouble) =>
        new($"the cache {root} cannot be written: {trouble.Message.TrimEnd('.')}", "set MMREVIEW_CACHE to a folder that can be written");

    /// <summary>The absolute path of a file or folder of the cache.</summary>
    public string At(params ReadOnlySpan<string> names) => Path.Combine([Root, .. names]);

    /// <summary>A path in the scratch folder of this process that nobody else uses; nothing is there yet.</summary>
    public string NewScratchPath() =>
        Path.Combine(Scratch, Interlocked.Increment(ref scratchCount).ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// Makes a folder of the cache if it is not there: <paramref name="fill"/> gets an empty scratch folder, which then is
    /// renamed. When two processes do it at once, the first one wins and both see its folder. True if this call made it.
    /// </summary>
    public bool MakeFolder(string folder, Action<string> fill)
    {
        if (Directory.Exists(folder))
        {
            return false;
        }

        var scratch = NewScratchPath();
        try
        {
            Directory.CreateDirectory(scratch);
            fill(scratch);
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            Directory.Move(scratch, folder);
            return true;
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            return false;
        }
        catch (Exception trouble) when (trouble is IOException and not EndOfStreamException or UnauthorizedAccessException)
        {
            throw Unwritable(Root, trouble);
        }
        finally
        {
            if (Directory.Exists(scratch))
            {
                Directory.Delete(scratch, recursive: true);
            }
        }
    }

    /// <summary>Writes a file of the cache so that readers see it whole or not at all; an existing one is replaced.</summary>
    public void WriteFile(string file, ReadOnlySpan<byte> bytes, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)
    {
        try
        {
            var scratch = NewScratchPath();
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode, BufferSize = 0 };
            using (var stream = new FileStream(scratch, options))
            {
                stream.Write(bytes);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Move(scratch, file, overwrite: true);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(Root, trouble);
        }
    }

    /// <summary>
    /// Waits until no other process holds the lock of this name, and holds it until disposed. For work that takes so long that
    /// doing it twice at once would be a waste.
    /// </summary>
    public IDisposable Lock(string name, CancellationToken cancellation)
    {
        var file = At("locks", name);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (UnauthorizedAccessException trouble)
            {
                throw Unwritable(Root, trouble);
            }
            catch (IOException) when (File.Exists(file))
            {
                cancellation.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    /// <summary>Notes that an entry is in use, so that others have to go before it.</summary>
    public void Use(string file) => CacheLimit.Use(file, Opened);

    /// <summary>Removes this process's scratch folder, and what of the cache is too much.</summary>
    public void Dispose()
    {
        foreach (var (kind, bytes) in Limits)
        {
            if (new CacheLimit(At(kind), bytes).Apply(Opened) && kind == "snapshots")
            {
                SnapshotStore.ForgetBlobs(this, Opened - CacheLimit.Rest);
            }
        }

        if (Directory.Exists(Scratch))
        {
            Directory.Delete(Scratch, recursive: true);
        }

        scratchLock.Dispose();
    }

    // A scratch folder belongs to a living process as long as its lock file is held.
    private static void RemoveLeftovers(string scratch)
    {
        foreach (var lockFile in Directory.EnumerateFiles(scratch, "*.lock"))
        {
            try
            {
                using var abandoned = new FileStream(lockFile, FileMode.Open, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
                var folder = Path.ChangeExtension(lockFile, null);
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception held) when (held is IOException or UnauthorizedAccessException)
            {
                // In use, or already removed by somebody else.
            }
        }
    }
}
