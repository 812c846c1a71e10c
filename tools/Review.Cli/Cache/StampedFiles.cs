namespace Review.Cli.Cache;

/// <summary>The files that an entry of the cache was made from, each with its <see cref="FileStamp"/>.</summary>
internal static class StampedFiles
{
    /// <summary>Writes the paths with the stamps that the files have now.</summary>
    /// <param name="to">The entry.</param>
    /// <param name="paths">Paths, as the entry names them.</param>
    /// <param name="root">The folder that the paths are relative to.</param>
    public static void Write(EntryWriter to, IReadOnlyCollection<string> paths, string root = "") => to.WriteAll(paths, path =>
    {
        to.Write(path);
        to.Write(FileStamp.Of(Path.Combine(root, path)));
    });

    /// <summary>Reads them; true if none has changed since.</summary>
    public static bool AreCurrent(EntryReader from, string root = "")
    {
        for (var left = from.ReadInt32(); left > 0; left--)
        {
            if (FileStamp.Of(Path.Combine(root, from.ReadString())) != from.ReadString())
            {
                return false;
            }
        }

        return true;
    }
}
