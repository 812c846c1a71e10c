using System.IO.Compression;
using System.Text;

namespace Review.Cli.Tables;

/// <summary>The manual page madvise(2), if it is installed.</summary>
internal static class ManualPage
{
    private static readonly string[] Files = ["/usr/share/man/man2/madvise.2", "/usr/share/man/man2/madvise.2.gz"];

    /// <summary>The page's name and text; nothing if it is not there or cannot be read.</summary>
    public static IEnumerable<(string Name, string Text)> Installed()
    {
        foreach (var file in Files.Where(File.Exists))
        {
            yield return ("madvise(2)", Read(file));
        }
    }

    private static string Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var text = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        using var reader = new StreamReader(text, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
