namespace Review.Tests.Cli;

/// <summary>A folder that lives as long as a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The absolute path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("mmreview-test-").FullName;

    /// <summary>The absolute path of something inside.</summary>
    public string At(string path) => System.IO.Path.Combine(Path, path);

    /// <summary>Writes a text file, with the folders it needs.</summary>
    public void Write(string path, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <summary>Makes a symbolic link, with the folders it needs.</summary>
    public void Link(string path, string target)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(At(path))!);
        File.CreateSymbolicLink(At(path), target);
    }

    /// <summary>Writes the few files by which a kernel tree is known.</summary>
    public TemporaryFolder WithKernel()
    {
        Write("Kconfig", "mainmenu \"test\"\n");
        Write("Makefile", "VERSION = 6\n");
        Write("mm/madvise.c", "int madvise;\n");
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
