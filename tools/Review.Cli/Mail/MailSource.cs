using Review.Core.Diagnostics;
using Review.Patches.Mail;
using Review.Patches.Threads;

namespace Review.Cli.Mail;

/// <summary>
/// Opens what a person names as mail: a mailbox, one mail, an archive page saved as text, a Maildir, a folder of mails or patches, or <c>-</c> for standard input.
/// Nothing in it is trusted: sizes are bounded before anything is read.
/// </summary>
internal static class MailSource
{
    private static readonly string[] MailEndings = [".eml", ".patch", ".mbox", ".mbx"];

    /// <summary>Reads the thread.</summary>
    /// <param name="name">What the person named.</param>
    /// <param name="messageId">The mail that is meant; needed to find a thread in an archive.</param>
    /// <param name="cancellation">Stops the search in an archive.</param>
    /// <exception cref="UserError">There is no such file, it is too large, or holds no mail.</exception>
    public static MailThread Read(string name, string? messageId = null, CancellationToken cancellation = default)
    {
        var thread = Directory.Exists(name) ? FromArchive(name, messageId, cancellation) ?? FromFolder(name) : FromBytes(name == "-" ? ReadInput() : ReadFile(name), name);
        return thread.Mails.IsEmpty ? throw new UserError($"no mail in {name}", "name a mailbox, a mail, a Maildir or a saved archive page") : thread;
    }

    private static MailThread FromBytes(byte[] bytes, string name)
    {
        if (bytes.AsSpan().StartsWith("\x1f\x8b"u8))
        {
            throw new UserError($"{name} is compressed", "unpack it first: gunzip");
        }

        return ThreadPage.Read(bytes) ?? MailThread.Of(MailContainer.Split(bytes).Select(static mail => MailMessage.Read(mail)));
    }

    private static MailThread? FromArchive(string folder, string? messageId, CancellationToken cancellation)
    {
        using var inbox = PublicInbox.Open(folder);
        if (inbox is null)
        {
            return null;
        }

        var mails = inbox.Thread(messageId ?? throw new UserError($"{folder} is an archive of many threads", "name a mail of the one that is meant with --message-id"), cancellation);
        return mails.IsEmpty ? throw new UserError($"no mail <{VisibleText.Of(messageId)}> in {folder}", "look the id up in the archive") : MailThread.Of(mails);
    }

    private static MailThread FromFolder(string folder)
    {
        // New mails of a Maildir lie in "new", seen ones in "cur"; "tmp" holds half-written ones.
        List<string> files = Directory.Exists(Path.Combine(folder, "cur")) && Directory.Exists(Path.Combine(folder, "new"))
            ? [.. Names(Path.Combine(folder, "cur")), .. Names(Path.Combine(folder, "new"))]
            : [.. Names(folder).Where(static file => MailEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))];
        var budget = (long)MailLimits.InputBytes;
        var mails = new List<byte[]>();
        foreach (var file in files.Take(MailLimits.Mails))
        {
            var bytes = ReadFile(file);
            budget -= bytes.Length;
            if (budget < 0)
            {
                throw TooLarge(folder);
            }

            mails.AddRange(MailContainer.Split(bytes));
        }

        return MailThread.Of(mails.Select(static mail => MailMessage.Read(mail)));
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder).Where(static file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal);

    private static byte[] ReadFile(string name)
    {
        try
        {
            using var stream = new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.Read);
            return stream.CanSeek && stream.Length > MailLimits.InputBytes ? throw TooLarge(name) : Read(stream, name);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{name} cannot be read: {trouble.Message.TrimEnd('.')}", "name a mailbox, a mail, a Maildir or a saved archive page, or - for standard input");
        }
    }

    private static byte[] ReadInput()
    {
        using var input = Console.OpenStandardInput();
        return Read(input, "standard input");
    }

    private static byte[] Read(Stream stream, string name)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (stream.Read(buffer) is > 0 and var length)
        {
            bytes.Write(buffer, 0, length);
            if (bytes.Length > MailLimits.InputBytes)
            {
                throw TooLarge(name);
            }
        }

        return bytes.ToArray();
    }

    private static UserError TooLarge(string name) => new($"{name} has more than {MailLimits.InputBytes >> 20} MB", "cut the thread out of it: one series is enough");
}
