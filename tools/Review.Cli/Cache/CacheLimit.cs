namespace Review.Cli.Cache;

/// <summary>
/// Keeps a kind of entries from growing without end: once a day, at the end of a run, those that nobody has used for longest go until the rest fits. What was used within a day stays,
/// whatever its size, so that nobody loses what a run is about.
/// </summary>
/// <param name="folder">The folder of the entries. The files and folders in it that begin with the same key are one entry.</param>
/// <param name="maximumBytes">How much may stay.</param>
internal sealed class CacheLimit(string folder, long maximumBytes)
{
    // The digits of the hash with which the names of all entries begin.
    private const int KeyLength = 32;

    /// <summary>How long an entry stays after somebody has used it, and how long nobody looks whether there is too much.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromDays(1);

    /// <summary>Notes that an entry is in use, by the time of its file.</summary>
    /// <param name="file">The file or folder.</param>
    /// <param name="now">The time, in UTC.</param>
    public static void Use(string file, DateTime now)
    {
        // Entries are read far more often than a day has hours.
        if (File.GetLastWriteTimeUtc(file) < now - (Rest / 2))
        {
            try
            {
                File.SetLastWriteTimeUtc(file, now);
            }
            catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
            {
                // A cache of somebody else, or an entry that is gone.
            }
        }
    }

    /// <summary>Removes what is too much, unless that was done within a day; true if something was.</summary>
    /// <param name="now">The time, in UTC.</param>
    public bool Apply(DateTime now)
    {
        var mark = folder + ".looked-over";
        if (!Directory.Exists(folder) || (File.Exists(mark) && File.GetLastWriteTimeUtc(mark) > now - Rest))
        {
            return false;
        }

        try
        {
            File.WriteAllBytes(mark, []);
            File.SetLastWriteTimeUtc(mark, now);
            return Prune(now);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // Another process removes the same, or the cache is somebody else's: the next run tries again tomorrow.
            return false;
        }
    }

    private bool Prune(DateTime now)
    {
        var isTooMuch = false;
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(static one => one.Name.Length >= KeyLength).GroupBy(static one => one.Name[..KeyLength], StringComparer.Ordinal)
            .Select(static entry => (Key: entry.Key, Parts: entry.ToList(), Used: entry.Max(static part => part.LastWriteTimeUtc), Bytes: entry.Sum(SizeOf)))
            .OrderBy(static entry => entry.Used).ThenBy(static entry => entry.Key, StringComparer.Ordinal).ToList();
        var left = entries.Sum(static entry => entry.Bytes);
        foreach (var entry in entries.TakeWhile(entry => entry.Used < now - Rest))
        {
            if (left <= maximumBytes)
            {
                break;
            }

            isTooMuch = true;
            left -= entry.Bytes;

            // Files first: they tell of the folders.
            foreach (var part in entry.Parts.OrderBy(static part => part is DirectoryInfo))
            {
                if (part is DirectoryInfo directory)
                {
                    directory.Delete(recursive: true);
                }
                else
                {
                    part.Delete();
                }
            }
        }

        return isTooMuch;
    }

    private static long SizeOf(FileSystemInfo part) =>
        part is DirectoryInfo directory ? directory.EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length) : ((FileInfo)part).Length;
}
