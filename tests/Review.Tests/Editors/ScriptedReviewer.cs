using System.Collections.Concurrent;
using System.Text;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;
using Review.Core.Source;
using Review.Lsp.Reviewing;

namespace Review.Tests.Editors;

/// <summary>A reviewer for tests of the protocol: every word <c>bad</c> is a finding, with a cure, and so is <c>late</c>, in the second pass only; a word <c>slow</c> makes the review wait until it is cancelled.</summary>
internal sealed class ScriptedReviewer : IFileReviewer
{
    private int complete;
    private int cancelled;

    /// <summary>How many complete reviews came to their end.</summary>
    public int Complete => complete;

    /// <summary>How many reviews were given up.</summary>
    public int Cancelled => cancelled;

    /// <summary>The settings of the last review.</summary>
    public ReviewSettings? Settings { get; private set; }

    /// <summary>The files that were open beside one that was reviewed.</summary>
    public ConcurrentDictionary<string, bool> Open { get; } = new(StringComparer.Ordinal);

    public FileReview Review(ReviewRequest request, ReviewPass pass, Action<string> progress, CancellationToken cancellation)
    {
        Settings = request.Settings;
        foreach (var file in request.Open.Keys)
        {
            Open[file] = true;
        }

        var text = new SourceText("mm/a.c", request.Text);
        var content = Encoding.UTF8.GetString(request.Text);
        if (content.Contains("throw", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("as told");
        }

        if (content.Contains("slow", StringComparison.Ordinal))
        {
            progress("waiting");
            _ = cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
            _ = Interlocked.Increment(ref cancelled);
            cancellation.ThrowIfCancellationRequested();
        }

        _ = pass == ReviewPass.Complete ? Interlocked.Increment(ref complete) : 0;
        return new FileReview("/tree", text, [.. Words(text, "bad").Concat(pass == ReviewPass.Complete ? Words(text, "late") : []).Select((span, i) => Finding(text, span, i))], [.. Words(text, "blind").Select(span => new ReviewGap(new NotAnalysed(text.Path, "f", "too much", "look yourself"), span))])
        {
            IsComplete = pass == ReviewPass.Complete,
            Refusal = request.File.EndsWith(".h", StringComparison.Ordinal) ? "a header" : null,
        };
    }

    public string? Explain(string rule) => $"page of {rule}";

    public string? Facts(ReviewRequest request, string function, CancellationToken cancellation) => function.StartsWith("mmap", StringComparison.Ordinal) ? $"facts of {function}" : null;

    public string? Advice(ReviewRequest request, string constant, CancellationToken cancellation) => $"row of {constant}";

    public WitnessPicture? Witness(ReviewRequest request, string fingerprint, CancellationToken cancellation) => fingerprint == "0" ? new WitnessPicture("confirmed", "CPU0", "<p>") : null;

    public IReadOnlyList<LockNote> LockNotes(ReviewRequest request, CancellationToken cancellation) =>
        [.. Words(new SourceText("mm/a.c", request.Text), "lock").Select(static span => new LockNote(span, "takes it"))];

    public void Rest()
    {
    }

    public void FilesChanged()
    {
    }

    public void Close(string file)
    {
    }

    private static Finding Finding(SourceText text, TextSpan span, int number)
    {
        var (start, end) = (text.PositionOf(span.Start), text.PositionOf(span.End));
        return new Finding
        {
            Rule = "sample-rule", Id = "KMM9999", Severity = DiagnosticSeverity.Warning, Message = "it is bad", Path = text.Path, Line = start.Line, Column = start.Column, EndLine = end.Line, EndColumn = end.Column,
            Function = "f", Fingerprint = $"{number}", Trace = [new TraceStep("mm/a.c", 1, "f", "begins here"), new TraceStep("mm/b.c", 7, "g", "goes on there")], Fix = new Fix("make it good", span, "good"),
        };
    }

    private static IEnumerable<TextSpan> Words(SourceText text, string word)
    {
        var bytes = Encoding.UTF8.GetBytes(word);
        for (var at = text.Bytes.IndexOf(bytes); at >= 0;)
        {
            yield return new TextSpan(at, at + bytes.Length);
            var next = text.Bytes[(at + 1)..].IndexOf(bytes);
            at = next < 0 ? -1 : at + 1 + next;
        }
    }
}
