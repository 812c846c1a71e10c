using System.Text;

namespace Review.Tests.Mail;

/// <summary>Makes mails of every kind that lists carry, and damages them; the same sequence for the same seed.</summary>
internal sealed class MailMaker(int seed)
{
    private const string Patch = """
        The walk goes on from the old end.

        Ändert nichts.  a=20; b == =3D

        Signed-off-by: A U Thor <author@example.org>
        ---
         mm/madvise.c | 2 +-
         1 file changed, 1 insertion(+), 1 deletion(-)

        diff --git a/mm/madvise.c b/mm/madvise.c
        index 0123456789ab..ba9876543210 100644
        --- a/mm/madvise.c
        +++ b/mm/madvise.c
        @@ -1,3 +1,3 @@ int f(void)
         {
        -	return 0;
        +	return 1;
         }
        -- 
        2.39.5

        """;

    private static readonly string[] Senders =
    [
        "A U Thor <author@example.org>", "\"Thor, A (Corp)\" <author@example.org>", "author@example.org (A U Thor)", "=?utf-8?q?=C3=84_Thor?= <a@example.org>", "<a@example.org>",
        "A <a@b>", "nobody", "Nobody <nobody>", "\"A \\\"q\\\" Thor\" <a@b> (c) <c@d>", "=?iso-8859-1?Q?=C4?=\n =?utf-8?B?w6Q=?= <a@b>", "", "\"x@y\" <z@w>",
    ];

    private static readonly string[] Subjects =
    [
        "[RFC PATCH v2 1/8] mm: change", "Re: [x] [y] mm: change", "=?utf-8?q?=5BPATCH=5D_=C3=A4?= tail", "re:re: mm", "[PATCH", "Fwd: [PATCH] a", "=?bad?x?y?= z", "r", "R: x", "mm:\n\tfolded   more", "",
    ];

    private static readonly string[] Tops =
    [
        "", "", "", "From: B <b@example.org>\n\n", "Subject: inner =?utf-8?q?=C3=A4?=\nDate: then\n\n", "[PATCH] inner\n", "From: B\n C\n <c@d>\nDate: x\n", "Foo: x\nFrom: B <a@b>\n\n", "\n\n\nFrom: B <a@b>\n\n",
        ">From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: B <a@b>\n\n",
    ];

    private static readonly string[] Oddities =
    [
        "---", "--- ", "---x", "--- a/b", "diff -u x", "Index: x", "-- >8 --", "----", " ", "=3D=", "=?utf-8?q?x?=", "--b", "--b--", "", "Content-Type: text/plain; charset=foo", "\t", "From: z <z@z>", "=",
    ];

    private readonly Random random = new(seed);

    /// <summary>The next mail.</summary>
    public byte[] Next()
    {
        var charset = Pick("utf-8", "us-ascii", "iso-8859-1", "UTF8", "nonsense", "");
        var encoding = Pick("", "7bit", "8bit", "quoted-printable", "base64", "Quoted-Printable");
        var body = (charset.StartsWith("iso", StringComparison.Ordinal) ? Encoding.Latin1 : Encoding.UTF8).GetBytes(Pick(Tops) + Patch);
        body = encoding.StartsWith('b') ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body, Base64FormattingOptions.InsertLineBreaks).Replace("\r", "", StringComparison.Ordinal) + "\n")
            : encoding.StartsWith("q", StringComparison.OrdinalIgnoreCase) ? QuotedPrintable(body) : body;
        var type = "Content-Type: text/plain" + (charset.Length > 0 ? $"; charset=\"{charset}\"" : "") + Pick("", "", "", "; format=flowed", "; format=flowed; delsp=yes") + "\n" + $"Content-Transfer-Encoding: {encoding}\n";
        var head = $"From: {Pick(Senders)}\nSubject: {Pick(Subjects)}\nDate: Sun, 26 Sep 2021 09:12:52 -0700\nMessage-ID: <1@example.org>\n";
        byte[] mail = Pick("plain", "plain", "bare", "parts") switch
        {
            "plain" => [.. Bytes(head + type + "\n"), .. body],
            "bare" => [.. Bytes(head + "\n"), .. body],
            _ => [.. Bytes(head + "Content-Type: multipart/mixed; boundary=\"b\"\n\npreamble\n--b\n" + type + "\n"), .. body, .. Bytes("\n--b\nContent-Type: text/plain\n\nfooter\n--b--\nend\n")],
        };
        return Damage(mail);
    }

    private byte[] Damage(byte[] mail)
    {
        var lines = Encoding.Latin1.GetString(mail).Split('\n').ToList();
        for (var times = random.Next(5) switch { 0 or 1 => 0, 2 => 1, 3 => 3, _ => 8 }; times > 0; times--)
        {
            var line = random.Next(lines.Count);
            switch (random.Next(5))
            {
                case 0 when lines.Count > 1:
                    lines.RemoveAt(line);
                    break;
                case 1:
                    lines.Insert(line, lines[random.Next(lines.Count)]);
                    break;
                case 2 when lines[line].Length > 0:
                    var place = random.Next(lines[line].Length);
                    lines[line] = lines[line].Remove(place, 1).Insert(place, ((char)random.Next(1, 256)).ToString());
                    break;
                case 3:
                    lines[line] = Pick(Oddities);
                    break;
                default:
                    lines[line] = " " + lines[line];
                    break;
            }
        }

        // git mailsplit takes the CR of line ends away before git mailinfo sees the mail.
        return Encoding.Latin1.GetBytes(string.Join('\n', lines).Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    private static byte[] QuotedPrintable(byte[] body)
    {
        var text = new StringBuilder();
        foreach (var value in body)
        {
            _ = value is (byte)'=' or > 126 ? text.Append($"={value:X2}") : text.Append((char)value);
        }

        return Encoding.ASCII.GetBytes(text.ToString().Replace("the old end", "the =\nold end", StringComparison.Ordinal));
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
