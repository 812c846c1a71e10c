using System.Collections.Immutable;
using Review.Patches.Diffs;
using Review.Patches.Mail;

namespace Review.Patches.Series;

/// <summary>One patch of a series.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Mail">The mail it came in; null for a commit.</param>
/// <param name="Title">First line of its message.</param>
/// <param name="Message">Its message below the title.</param>
/// <param name="Files">What it does.</param>
/// <param name="Trouble">Why it cannot be read; null if it can.</param>
public sealed record SeriesPatch(int Number, MailMessage? Mail, string Title, string Message, ImmutableArray<FilePatch> Files, PatchException? Trouble)
{
    /// <summary>The patch in a mail.</summary>
    public static SeriesPatch Of(int number, MailMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var (files, trouble) = ReadDiff(mail.Info);
        return new SeriesPatch(number, mail, mail.Info.Subject, mail.Info.Message, files, trouble);
    }

    private static (ImmutableArray<FilePatch> Files, PatchException? Trouble) ReadDiff(MailInfo info)
    {
        if (info.Refusal is { } refusal)
        {
            return ([], new PatchException(null, 0, $"git does not read the mail: {refusal}"));
        }

        try
        {
            var files = DiffReader.Read(info.Patch);
            return files.IsEmpty ? (files, new PatchException(null, 0, "it holds no patch")) : (files, null);
        }
        catch (PatchException trouble)
        {
            return ([], info.IsFlowed ? new PatchException(trouble.File, trouble.Hunk, trouble.Reason + " (the mail is format=flowed, which breaks patches)") : trouble);
        }
    }
}
