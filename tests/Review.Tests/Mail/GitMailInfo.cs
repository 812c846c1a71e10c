using System.Text;
using Review.Tests.Cli;

namespace Review.Tests.Mail;

/// <summary>What the real <c>git mailinfo</c> makes of mails.</summary>
internal sealed class GitMailInfo : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The author, address, subject and date lines, the message and the patch; null if git refuses the mail.</summary>
    public (string Info, byte[] Message, byte[] Patch)? Read(byte[] mail)
    {
        File.WriteAllBytes(folder.At("mail"), mail);

        // A mail that makes git loop is no yardstick.
        var result = TestProgram.Run("timeout", folder.Path, ["10", "sh", "-c", "git mailinfo message patch < mail"], ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"));
        return result.Status == 0 ? (result.Output, File.ReadAllBytes(folder.At("message")), File.ReadAllBytes(folder.At("patch"))) : null;
    }

    public void Dispose() => folder.Dispose();
}
