using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Review.Tests.Cli;

namespace Review.Tests.Archives;

/// <summary>Writes archives in the two layouts of public-inbox with git's own tools.</summary>
internal static class InboxMaker
{
    /// <summary>When the first mail of a test came.</summary>
    public static readonly DateTimeOffset Begin = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A mail.</summary>
    public static string Mail(string id, string subject, DateTimeOffset date, string? answers = null, string body = "Text.\n", string from = "A Author <a@example.org>") =>
        $"From: {from}\nTo: list@example.org\nSubject: {subject}\nDate: {date.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture)}\nMessage-ID: <{id}>\n"
        + (answers is null ? "" : $"In-Reply-To: <{answers}>\nReferences: <{answers}>\n") + "\n" + body;

    /// <summary>Appends mails to an epoch of version 2; one that begins with a minus is taken out.</summary>
    public static void AppendVersion2(string folder, IEnumerable<string> mails) => Import(folder, mails, static (mail, isWithdrawn) => $"deleteall\nM 100644 inline {(isWithdrawn ? "d" : "m")}\n{Data(mail)}");

    /// <summary>Appends mails to a repository of version 1.</summary>
    public static void AppendVersion1(string folder, IEnumerable<string> mails) => Import(folder, mails, static (mail, isWithdrawn) =>
    {
#pragma warning disable CA5350 // The name of a file in version 1 of the format: the SHA-1 of the Message-ID.
        var name = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(Field(mail, "Message-ID").Trim('<', '>'))));
#pragma warning restore CA5350
        return isWithdrawn ? $"D {name[..2]}/{name[2..]}\n" : $"M 100644 inline {name[..2]}/{name[2..]}\n{Data(mail)}";
    });

    private static void Import(string folder, IEnumerable<string> mails, Func<string, bool, string> change)
    {
        if (!Directory.Exists(folder))
        {
            _ = Directory.CreateDirectory(folder);
            TestProgram.Git(folder, "init", "--quiet", "--bare", "--initial-branch=master", ".");
        }

        var parent = TestProgram.Run("git", folder, ["rev-parse", "--quiet", "--verify", "refs/heads/master"]).Status == 0 ? "from refs/heads/master^0\n" : "";
        var stream = new StringBuilder();
        foreach (var one in mails)
        {
            var (mail, isWithdrawn) = one[0] == '-' ? (one[1..], true) : (one, false);
            var date = DateTimeOffset.Parse(Field(mail, "Date"), CultureInfo.InvariantCulture).ToUnixTimeSeconds();
            var from = Field(mail, "From");
            _ = stream.Append(CultureInfo.InvariantCulture, $"commit refs/heads/master\nauthor {from} {date} +0000\ncommitter inbox <inbox@example.org> {date} +0000\n{Data(isWithdrawn ? "rm" : Field(mail, "Subject"))}{parent}{change(mail, isWithdrawn)}\n");
            parent = "";
        }

        var file = Path.Combine(folder, "import");
        File.WriteAllText(file, stream.ToString());
        var result = TestProgram.Run("sh", folder, ["-c", "git fast-import --quiet < import"]);
        Assert.True(result.Status == 0, result.Errors);
        File.Delete(file);
    }

    private static string Data(string text) => string.Create(CultureInfo.InvariantCulture, $"data {Encoding.UTF8.GetByteCount(text)}\n{text}\n");

    private static string Field(string mail, string name) => mail.Split('\n').First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
}
