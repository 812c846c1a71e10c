using System.Globalization;

namespace Review.Cli.Cache;

/// <summary>
/// Size and time of change of a file, or the time of change of a directory, by which something that was made from it is known to be out of date: what
/// git and make look at as well.
/// </summary>
internal static class FileStamp
{
    /// <summary>The stamp; empty if there is no such file.</summary>
    public static string Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")
            : Directory.Exists(path) ? string.Create(CultureInfo.InvariantCulture, $"d {Directory.GetLastWriteTimeUtc(path).Ticks}")
            : "";
    }

    /// <summary>True if a file or directory was changed at or after a time: then what was read of it may be older than its stamp.</summary>
    public static bool IsNewerThan(string path, DateTime time) => File.GetLastWriteTimeUtc(path) >= time;
}
