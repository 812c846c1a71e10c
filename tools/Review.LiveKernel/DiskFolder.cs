namespace Review.LiveKernel;

/// <summary>A folder for temporary files on an ordinary file system: a mapping of tmpfs behaves as shared memory.</summary>
internal static class DiskFolder
{
    /// <summary>TMPDIR, /tmp or /var/tmp, the first that is not on tmpfs; the last of them if all are.</summary>
    public static string Find()
    {
        string[] folders = [Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.GetTempPath())), "/tmp", "/var/tmp"];
        return folders.FirstOrDefault(static folder => Directory.Exists(folder) && FileSystemOf(folder) is not ("tmpfs" or "ramfs")) ?? "/tmp";
    }

    /// <summary>The type of the file system that a folder lies on (proc_pid_mounts(5)).</summary>
    public static string FileSystemOf(string folder)
    {
        var (best, type) = (string.Empty, string.Empty);
        foreach (var words in File.ReadLines("/proc/self/mounts").Select(static line => line.Split(' ')))
        {
            var point = words[1].Replace("\\040", " ", StringComparison.Ordinal);
            if ((folder == point || folder.StartsWith(point == "/" ? point : point + "/", StringComparison.Ordinal)) && point.Length >= best.Length)
            {
                (best, type) = (point, words[2]);
            }
        }

        return type;
    }
}
