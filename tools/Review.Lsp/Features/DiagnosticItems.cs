using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Lsp.Documents;
using Review.Lsp.Reviewing;

namespace Review.Lsp.Features;

/// <summary>The result of a review as the protocol's diagnostics.</summary>
/// <param name="encoding">What positions count.</param>
/// <param name="withRelated">True if the client shows related places.</param>
internal sealed class DiagnosticItems(PositionEncoding encoding, bool withRelated)
{
    /// <summary>The name by which users tell whose diagnostics they see.</summary>
    public const string Source = "mmreview";

    private const string NotAnalysed = "not-analysed";

    /// <summary>All diagnostics of a document.</summary>
    public JsonArray Of(OpenDocument document, FileReview review) =>
        new([.. review.Findings.Where(finding => finding.Path == review.Text.Path).Select(finding => Item(document, review, finding)), .. review.Gaps.Select(gap => Item(document, gap))]);

    /// <summary>The range of a finding.</summary>
    public TextRange RangeOf(OpenDocument document, FileReview review, Finding finding) =>
        RangeOf(document, new TextSpan(Offset(review.Text, finding.Line, finding.Column), Offset(review.Text, finding.EndLine, finding.EndColumn)));

    /// <summary>The range of some bytes.</summary>
    public TextRange RangeOf(OpenDocument document, TextSpan span) =>
        new(document.Text.PositionOfByte(span.Start, encoding), document.Text.PositionOfByte(span.End, encoding));

    private JsonObject Item(OpenDocument document, FileReview review, Finding finding)
    {
        var item = new JsonObject
        {
            ["range"] = PositionJson.ToJson(RangeOf(document, review, finding)),
            ["severity"] = SeverityOf(finding.Severity),
            ["code"] = finding.Rule,
            ["source"] = Source,
            ["message"] = finding.Message,
            ["data"] = new JsonObject { ["fingerprint"] = finding.Fingerprint, ["rule"] = finding.Id },
        };
        if (withRelated && !finding.Trace.IsEmpty)
        {
            item["relatedInformation"] = new JsonArray([.. finding.Trace.Where(static step => !step.Path.StartsWith("generated/", StringComparison.Ordinal)).Select(step => Related(document, review, step))]);
        }

        return item;
    }

    private JsonObject Item(OpenDocument document, ReviewGap gap) => new()
    {
        ["range"] = PositionJson.ToJson(RangeOf(document, gap.Place)),
        ["severity"] = SeverityOf(DiagnosticSeverity.Info),
        ["code"] = NotAnalysed,
        ["source"] = Source,
        ["message"] = $"{(gap.Gap.Function is { } function ? function + "() is " : "")}not analysed: {gap.Gap.Reason}; {gap.Gap.Cure}",
    };

    private JsonObject Related(OpenDocument document, FileReview review, TraceStep step)
    {
        // The trace names lines; in the document itself the text of the line is known.
        var isHere = step.Path == review.Text.Path && step.Line <= review.Text.LineCount;
        var range = isHere ? RangeOf(document, LineOf(review.Text, step.Line)) : new TextRange(new TextPosition(step.Line - 1, 0), new TextPosition(step.Line - 1, 0));
        return new JsonObject
        {
            ["location"] = new JsonObject { ["uri"] = isHere ? document.Uri : FileUri.Of($"{review.Root}/{step.Path}"), ["range"] = PositionJson.ToJson(range) },
            ["message"] = step.Function.Length > 0 ? $"{step.Function}(): {step.Message}" : step.Message,
        };
    }

    private static TextSpan LineOf(SourceText text, int line)
    {
        var start = text.OffsetOfLine(line);
        var end = line < text.LineCount ? text.OffsetOfLine(line + 1) : text.Length;
        var bytes = text.Bytes[start..end];
        return new TextSpan(start + (bytes.Length - bytes.TrimStart(" \t\r\n"u8).Length), start + bytes.TrimEnd("\r\n"u8).Length) is { Length: >= 0 } content ? content : new TextSpan(start, start);
    }

    private static int Offset(SourceText text, int line, int column) => Math.Min(text.OffsetOfLine(line) + column - 1, text.Length);

    private static int SeverityOf(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => 1,
        DiagnosticSeverity.Warning => 2,
        _ => 3,
    };
}
