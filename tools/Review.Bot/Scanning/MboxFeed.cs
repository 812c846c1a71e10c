using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Review.Patches.Archives;
using Review.Patches.Mail;

namespace Review.Bot.Scanning;

/// <summary>The mails of a mailbox file, or of all those in a folder. Each grows at its end; one that became shorter is read anew.</summary>
/// <param name="path">The file or folder.</param>
/// <param name="clock">Tells the time: a file that was written just now may end in the middle of a mail.</param>
public sealed class MboxFeed(string path, TimeProvider clock) : IMailFeed
{
    /// <summary>Bytes that are read at once, unless a mail is larger.</summary>
    private const int Window = 2 << 20;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public IEnumerable<ArchivedMail> Since(ArchivePosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var files = Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(static file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal) : Enumerable.Repeat(path, 1);
        foreach (var file in files.Where(file => new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero) < clock.GetUtcNow() - Rest))
        {
            var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(file))))[..32];
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var offset = position.Of(key) is { } text ? long.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0;
            if (offset > stream.Length)
            {
                offset = 0;
            }

            var end = stream.Length;
            while (offset < end)
            {
                var piece = Piece(stream, offset, end);
                offset += piece.Length;
                var next = position.With(key, offset.ToString("x40", CultureInfo.InvariantCulture));
                var mails = MailContainer.Split(piece);

                // Only behind its last mail a piece was read.
                for (var i = 0; i < mails.Length; i++)
                {
                    yield return new ArchivedMail(mails[i], IsWithdrawn: false, i == mails.Length - 1 ? next : position);
                }

                position = next;
            }
        }
    }

    /// <summary>Whole mails from a place on: up to the last separator of the window, or to the end of the file.</summary>
    private static byte[] Piece(FileStream stream, long offset, long end)
    {
        for (var length = (long)Window; ; length *= 2)
        {
            var bytes = new byte[Math.Min(length, end - offset)];
            stream.Position = offset;
            stream.ReadExactly(bytes);
            if (offset + bytes.Length == end || bytes.Length > 2 * MailLimits.MailBytes)
            {
                return bytes;
            }

            var last = bytes.AsSpan().LastIndexOf("\n\nFrom "u8);
            if (last > 0)
            {
                return bytes[..(last + 2)];
            }
        }
    }
}
