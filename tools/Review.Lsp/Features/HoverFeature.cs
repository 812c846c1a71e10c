using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Lsp.Documents;
using Review.Lsp.Protocol;
using Review.Lsp.Reviewing;
using Review.Lsp.Server;

namespace Review.Lsp.Features;

/// <summary>What stands under the pointer: a finding's rule; else what is decided about an advice, or known of a function.</summary>
/// <param name="session">The client.</param>
internal sealed class HoverFeature(Session session)
{
    private const string AdvicePrefix = "MADV_";

    public void Register(JsonObject capabilities)
    {
        capabilities["hoverProvider"] = true;
        session.Connection.Handle("textDocument/hover", HoverAsync);
    }

    private async Task<JsonNode?> HoverAsync(JsonElement parameters, CancellationToken cancellation)
    {
        var document = session.Documents.Named(parameters);
        var position = PositionJson.Position(parameters.Member("position"));
        if (session.Scheduler.Of(document.Uri) is not { } run)
        {
            return null;
        }

        var parts = new List<string>();
        if (run.Complete.IsCompletedSuccessfully || run.First.IsCompletedSuccessfully)
        {
            var review = await (run.Complete.IsCompletedSuccessfully ? run.Complete : run.First).ConfigureAwait(false);
            parts.AddRange(Findings(document, review, position));
        }

        if (parts.Count == 0 && document.Text.WordAt(position, session.Client.Encoding) is { Length: > 0 } word && !char.IsAsciiDigit(word[0]))
        {
            var known = await session.InTurnAsync(
                document, (request, token) => word.StartsWith(AdvicePrefix, StringComparison.Ordinal) ? session.Reviewer.Advice(request, word, token) : session.Reviewer.Facts(request, word, token), cancellation).ConfigureAwait(false);
            parts.AddRange(known is null ? [] : [known]);
        }

        return parts.Count == 0 ? null : new JsonObject
        {
            ["contents"] = new JsonObject { ["kind"] = session.Client.ReadsMarkdown ? "markdown" : "plaintext", ["value"] = string.Join("\n\n---\n\n", parts) },
        };
    }

    private IEnumerable<string> Findings(OpenDocument document, FileReview review, TextPosition position) => review.Findings
        .Where(finding => finding.Path == review.Text.Path && Contains(session.Items.RangeOf(document, review, finding), position))
        .Select(finding => $"**{finding.Rule}** ({finding.Id}): {finding.Message}\n\n{session.Reviewer.Explain(finding.Id)}");

    private static bool Contains(TextRange range, TextPosition position) =>
        Compare(range.Start, position) <= 0 && Compare(position, range.End) <= 0;

    private static int Compare(TextPosition one, TextPosition other) => (one.Line, one.Character).CompareTo((other.Line, other.Character));
}
