using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Review.Cli.Letters;
using Review.Core.Diagnostics;
using Review.Patches.Mail;
using Review.Patches.Replies;

namespace Review.Tests.Letters;

/// <summary>The letters as people get them, compared with files that people have read: <c>tests/fixtures/letters</c>. $MMREVIEW_WRITE_LETTERS names a folder for new ones, to be read first.</summary>
public sealed class GoldenLetterTests
{
    private const string Patch = "Message-ID: <20240501120000.1-2-author@example.org>\nReferences: <20240501120000.1-1-author@example.org>\nFrom: =?utf-8?q?=C3=84_Thor?= <author@example.org>\nTo: list@example.org\nCc: \"Reader, B\" <b@example.org>, author@example.org\nDate: Wed, 01 May 2024 12:00:00 +0000\nSubject: [RFC PATCH v3 2/3] mm/madvise: a title that is long enough to be folded in the header of an answer\n\nText.\n";

    private static readonly ReplyFooter Footer = new("mmreview 0.1.0", "v6.1 (by the blobs of 1 file)", "x86_64 and arm64", "3/3", "mmreview patch series.mbox --kernel linux --base 830b3c68c1fb");

    private static readonly ImmutableArray<ReplyRemark> Remarks =
    [
        new(
            ["@@ -800,6 +800,8 @@ static long madvise_dontneed_free(struct vm_area_struct *vma,", "[ ... ]", " \t\tif (end > vma->vm_end) {", "+\t\t\t*pend = end;", "+\t\t\tend = vma->vm_end;"],
            Found("useless-writeback", "KMM1007", "end goes back to *pend, where it came from, before it is changed: the change stays inside madvise_dontneed_free()", "madvise_dontneed_free") with
            {
                Trace =
                [
                    new TraceStep("mm/madvise.c", 790, "madvise_dontneed_free", "end is read from *pend"),
                    new TraceStep("mm/madvise.c", 803, "madvise_dontneed_free", "the same value is stored there"),
                ],
            }),
        new(
            ["@@ -1,4 +1,4 @@", "+/* ``` a fence, *stars* and <b>tags</b> */", "+\tlong_call(with, many, arguments, so, that, the, line, is, longer, than, seventy, two, columns);"],
            Found("sparse-table", "KMM3002", "table[] has 102 elements for 23 values_of_an_enum, and `grows` with *the* largest <one>; a function with a switch needs neither the size nor a range check", "")),
    ];

    public static TheoryData<string> Files => ["reply.txt", "reply.html", "reply.eml"];

    [Theory]
    [MemberData(nameof(Files))]
    public void The_letter_is_the_one_that_was_read(string file)
    {
        var mail = MailMessage.Read(Encoding.UTF8.GetBytes(Patch));
        var markdown = ReplyLetter.Write(mail.Date, Remarks, Footer);
        var text = MailTextRenderer.Render(markdown);
        var actual = file switch
        {
            "reply.txt" => text,
            "reply.html" => LetterPage.Render("mm/madvise: a series", [(mail.Subject, markdown)]),
            _ => Encoding.UTF8.GetString(ReplyMail.Write(mail, text, "key")),
        };
        if (Environment.GetEnvironmentVariable("MMREVIEW_WRITE_LETTERS") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, file), actual);
        }

        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fixtures", "letters", file)), actual);
    }

    [Fact]
    public void Own_words_stay_within_the_columns_and_no_line_begins_like_a_patch()
    {
        var own = MailTextRenderer.Render(ReplyLetter.Write(null, Remarks, Footer)).Split('\n').Where(static line => !line.StartsWith('>')).ToList();
        Assert.All(own, static line => Assert.True(line.Length <= 78, line));
        Assert.DoesNotContain(own, static line => line.StartsWith("diff -", StringComparison.Ordinal) || line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("@@", StringComparison.Ordinal) || line.StartsWith('+'));
        Assert.Single(own, static line => line == "-- ");
    }

    private static Finding Found(string rule, string id, string message, string function) => new()
    {
        Rule = rule, Id = id, Severity = DiagnosticSeverity.Warning, Message = message, Path = "mm/madvise.c", Line = 803, Column = 4, EndLine = 803, EndColumn = 9, Function = function, Fingerprint = rule,
    };
}
