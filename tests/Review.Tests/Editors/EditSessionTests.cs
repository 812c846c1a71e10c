using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Review.Cli.Cache;
using Review.Cli.Editor;
using Review.Lsp.Reviewing;

namespace Review.Tests.Editors;

/// <summary>Over a session of edits the server says of each version what a review says that knows nothing of the versions before.</summary>
public sealed class EditSessionTests
{
    private const int Versions = 25;

    private static readonly ReviewSettings All = ReviewSettings.Default with { Show = ShownFindings.All };

    [KernelFact]
    public void Each_version_gets_the_result_that_it_has_alone()
    {
        using var cache = CacheDirectory.Open();
        using var session = new EditorReviewer(cache);
        using var alone = new EditorReviewer(cache);
        var file = Path.Combine(KernelFactAttribute.KernelFolder!, "mm/gup.c");
        var typing = new EditTyping(File.ReadAllText(file), seed: 11);
        _ = Review(session, typing.Next(), ReviewPass.Complete);
        var changed = new List<string>();
        for (var version = 0; version < Versions; version++)
        {
            var text = typing.Next();
            var (first, last) = (Review(session, text, ReviewPass.Changed), Review(session, text, ReviewPass.Complete));
            alone.Close(file);
            Assert.Equal(Review(alone, text, ReviewPass.Complete), last);
            if (first != last)
            {
                changed.Add(string.Create(CultureInfo.InvariantCulture, $"version {version}:\n{first}\nbecomes\n{last}"));
            }
        }

        // What is shown first may be wrong about functions that were not edited, and seldom is.
        Assert.True(changed.Count * 10 <= Versions, string.Join('\n', changed));

        string Review(EditorReviewer reviewer, string text, ReviewPass pass)
        {
            var review = reviewer.Review(new ReviewRequest(file, Encoding.UTF8.GetBytes(text), ImmutableDictionary<string, byte[]>.Empty, All), pass, static _ => { }, default);
            return string.Join('\n', review.Findings.Select(static finding => $"{finding.Line}:{finding.Column}-{finding.EndLine}:{finding.EndColumn} {finding.Id} {finding.Message} {finding.Fingerprint} {string.Join(", ", finding.Trace.Select(static step => $"{step.Path}:{step.Line} {step.Function} {step.Message}"))}")
                .Concat(review.Gaps.Select(static gap => gap.ToString())));
        }
    }
}
