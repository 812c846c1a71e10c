using Review.Bot.Configuration;

namespace Review.Bot.Sending;

/// <summary>
/// Puts mails where a person finds them: into a folder of .eml files or a Maildir. The name of a file is made from the message's id, so it can be seen whether a mail is there, and a mail is never there twice.
/// </summary>
public sealed class DraftSender(DraftConfig place) : IMailSender
{
    private const string Mark = ".mmreview";

    public string Name => place.IsMaildir ? "maildir" : "drafts";

    public HandOver Hand(OutgoingMessage message, Func<bool> begin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(begin);
        try
        {
            var target = TargetOf(message);
            foreach (var folder in place.IsMaildir ? (string[])["cur", "new", "tmp"] : [""])
            {
                _ = Directory.CreateDirectory(Path.Combine(place.Path, folder));
            }

            // Half a file is never seen under its name: it is written beside, and renamed.
            var partial = Path.Combine(place.Path, place.IsMaildir ? "tmp" : "", $"{KeyOf(message)}.{Environment.ProcessId}.partial");
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                file.Write(message.Bytes);
                file.Flush(flushToDisk: true);
            }

            if (!begin())
            {
                File.Delete(partial);
                return HandOver.NotBegun;
            }

            File.Move(partial, target, overwrite: true);
            return HandOver.Done;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return new HandOver(HandOverResult.Later, $"{place.Path}: {trouble.Message.TrimEnd('.')}");
        }
    }

    // A mail program may have moved a mail of a Maildir to "cur" meanwhile, with flags behind its name.
    public bool? HasArrived(OutgoingMessage message) => place.IsMaildir
        ? Directory.Exists(Path.Combine(place.Path, "cur")) && ((string[])["new", "cur"]).Any(folder => Directory.EnumerateFiles(Path.Combine(place.Path, folder), KeyOf(message) + Mark + "*").Any())
        : File.Exists(TargetOf(message));

    private string TargetOf(OutgoingMessage message) => place.IsMaildir ? Path.Combine(place.Path, "new", KeyOf(message) + Mark) : Path.Combine(place.Path, KeyOf(message) + ".eml");

    // The part of our own ids in front of the @: hexadecimal digits.
    private static string KeyOf(OutgoingMessage message) => message.MessageId.Split('@')[0];
}
