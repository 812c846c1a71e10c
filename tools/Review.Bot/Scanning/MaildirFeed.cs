using System.Globalization;
using Review.Patches.Archives;
using Review.Patches.Mail;

namespace Review.Bot.Scanning;

/// <summary>
/// The mails of a Maildir in the order in which they were delivered. Two deliveries at the same time may become visible in either order, so the newest mails come again for a while; whoever gets them
/// knows them by their <see cref="MailIdentity"/>.
/// </summary>
/// <param name="folder">The Maildir.</param>
public sealed class MaildirFeed(string folder) : IMailFeed
{
    private const string Key = "maildir";

    /// <summary>How much later than it was written a mail may be seen for the first time.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(10);

    public IEnumerable<ArchivedMail> Since(ArchivePosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var last = position.Of(Key) is { } text ? long.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0;
        var files = ((string[])["new", "cur"]).SelectMany(name => new DirectoryInfo(Path.Combine(folder, name)).EnumerateFiles())
            .Where(static file => !file.Name.StartsWith('.'))
            .Select(static file => (file.FullName, file.Name, Written: file.LastWriteTimeUtc.Ticks))
            .Where(file => file.Written > last - Slack.Ticks)
            .OrderBy(static file => file.Written).ThenBy(static file => file.Name, StringComparer.Ordinal).ToList();
        foreach (var file in files)
        {
            last = Math.Max(last, file.Written);
            if (Read(file.FullName) is { } bytes)
            {
                yield return new ArchivedMail(bytes, IsWithdrawn: false, position = position.With(Key, last.ToString("x40", CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>A mail; it may have been moved from "new" to "cur" meanwhile, or be gone: then it comes the next time, or never.</summary>
    private byte[]? Read(string file)
    {
        try
        {
            return ReadLimited(file);
        }
        catch (FileNotFoundException)
        {
            return Directory.EnumerateFiles(Path.Combine(folder, "cur"), Path.GetFileName(file).Split(':')[0] + ":*").FirstOrDefault() is { } moved ? ReadLimited(moved) : null;
        }
    }

    /// <summary>A file, or as much of it as shows that it is too large for a mail.</summary>
    private static byte[] ReadLimited(string file)
    {
        using var stream = File.OpenRead(file);
        var bytes = new byte[Math.Min(stream.Length, MailLimits.MailBytes + 1L)];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
