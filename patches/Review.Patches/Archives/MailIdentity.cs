using System.Security.Cryptography;
using System.Text;
using Review.Patches.Mail;

namespace Review.Patches.Archives;

/// <summary>
/// What makes two copies of a mail one: its id and its content, as public-inbox compares them. Neither the id alone, which anybody can use again, nor the bytes, which every list changes a little.
/// </summary>
/// <param name="MessageId">The id without brackets; empty if it has none.</param>
/// <param name="Content">Digest of sender, subject, date, receivers, what it answers, and the text without white space at the ends of lines.</param>
public sealed record MailIdentity(string MessageId, string Content)
{
    /// <summary>The identity of a mail.</summary>
    public static MailIdentity Of(MailMessage mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (IEnumerable<string>)
            [
                mail.Subject, mail.From?.ToString() ?? "", mail.Date?.ToString("O") ?? "", string.Join(',', mail.To), string.Join(',', mail.Cc), string.Join(' ', mail.Answers),
                string.Join('\n', mail.Info.Body.Split('\n').Select(static line => line.TrimEnd())).TrimEnd(),
            ])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        return new MailIdentity(mail.MessageId ?? "", Convert.ToHexString(hash.GetHashAndReset()));
    }
}
