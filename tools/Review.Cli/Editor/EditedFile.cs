using Review.Clang;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Lsp.Reviewing;
using Review.Patches.Diffs;

namespace Review.Cli.Editor;

/// <summary>
/// One file that is open in an editor, and what is known of its last versions. A review that nobody waits for any more may still be running when the next one begins.
/// </summary>
internal sealed class EditedFile(EditorTree tree, string path)
{
    private readonly Lock parsing = new();
    private readonly UnitHistory history = new();
    private readonly RunHistory runs = new();
    private ParsedVersion? parsed;
    private byte[]? fittingStart;
    private volatile KnownVersion? known;
    private volatile BaseVersion? before;

    /// <summary>The tree that it is in.</summary>
    public EditorTree Tree => tree;

    /// <summary>Reviews the file as its editor shows it.</summary>
    public FileReview Review(ReviewRequest request, ReviewPass pass, CancellationToken cancellation)
    {
        var version = Parse(request, cancellation);
        var now = known;
        if (now is not { IsComplete: true } || now.Version != version || now.Settings != request.Settings)
        {
            var partial = pass == ReviewPass.Changed ? Partial(now, version, request.Settings, cancellation) : null;
            var result = partial ?? tree.Analyse(version.Shown, path, version.Loaded, request.Settings, null, runs, cancellation);
            cancellation.ThrowIfCancellationRequested();
            known = now = new KnownVersion(version, request.Settings, result, IsComplete: partial is null);
        }

        var past = Before(request, now, cancellation);
        var unit = version.Loaded.Unit;
        var gaps = now.Result.NotAnalysed.Where(gap => gap.Function is null || past?.Gaps.Contains(gap) != true);
        return new FileReview(
            tree.Root,
            unit?.Text ?? new SourceText(path, request.Text),
            past is null ? now.Result.Findings : past.Findings.Apply(now.Result).Findings,
            [.. gaps.Select(gap => new ReviewGap(gap, PlaceOf(gap, unit)))])
        { IsComplete = now.IsComplete };
    }

    /// <summary>The file as its editor shows it, parsed; once for the same bytes.</summary>
    public ParsedVersion Parse(ReviewRequest request, CancellationToken cancellation)
    {
        var (shown, withWarnings) = (Shown(request), tree.WantsWarnings(request.Settings));
        lock (parsing)
        {
            if (parsed is { } same && same.WithWarnings == withWarnings && IsSame(same.Shown, shown))
            {
                return same;
            }

            var start = request.Text.AsSpan(0, Math.Max(request.Text.AsSpan().LastIndexOf("#include"u8), 0));
            var fits = fittingStart is not null && start.SequenceEqual(fittingStart);
            var loaded = tree.Load(shown, path, withWarnings, history, believesErrors: fits, out var tookHeaders, cancellation);
            fittingStart = !tookHeaders ? null : fits ? fittingStart : start.ToArray();
            return parsed = new ParsedVersion(shown, loaded, withWarnings);
        }
    }

    private AnalysisResult? Partial(KnownVersion? last, ParsedVersion version, ReviewSettings settings, CancellationToken cancellation) =>
        last is { Version: { Loaded.Unit: { } old, Shown: var shown } } && last.Settings == settings && HaveSameHeaders(shown, version.Shown) && version.Loaded.Unit is { } now
            ? new PartialReview(old, last.Result, now).Run(functions => tree.Analyse(version.Shown, path, version.Loaded, settings, functions, runs, cancellation))
            : null;

    private bool IsSame(PatchedTree one, PatchedTree other) => one.Changed[path].AsSpan().SequenceEqual(other.Changed[path]) && HaveSameHeaders(one, other);

    private static bool HaveSameHeaders(PatchedTree one, PatchedTree other) =>
        one.ChangedHeaders.Count == other.ChangedHeaders.Count
        && one.ChangedHeaders.All(header => other.ChangedHeaders.TryGetValue(header.Key, out var bytes) && header.Value.AsSpan().SequenceEqual(bytes));

    /// <summary>The tree as the editors show it.</summary>
    private PatchedTree Shown(ReviewRequest request) => tree.With(request.Open
        .Where(file => file.Key.StartsWith(tree.Root + "/", StringComparison.Ordinal))
        .Select(file => KeyValuePair.Create(file.Key[(tree.Root.Length + 1)..], file.Value))
        .Append(KeyValuePair.Create(path, request.Text)));

    /// <summary>What was there before the edit; null if all is to be shown.</summary>
    private BaseVersion? Before(ReviewRequest request, KnownVersion now, CancellationToken cancellation)
    {
        var settings = request.Settings;
        if (settings.Show == ShownFindings.All || tree.Base?.Read(settings.Base, path) is not { } bytes)
        {
            return settings.Show == ShownFindings.Changed && tree.Base is null
                ? throw new UserError("the tree is not under git, so that nothing is known of what changed", "set mmreview.show to 'all' or 'auto'")
                : null;
        }

        if (before is { } compared && compared.Settings == settings && compared.Bytes.AsSpan().SequenceEqual(bytes))
        {
            return compared;
        }

        var result = now.IsComplete && request.Text.AsSpan().SequenceEqual(bytes) ? now.Result : Analyse(Shown(request).With([KeyValuePair.Create(path, (byte[]?)bytes)]), settings, cancellation);
        return before = new BaseVersion(bytes, settings, Baseline.From(result.Findings), [.. result.NotAnalysed]);
    }

    private AnalysisResult Analyse(PatchedTree shown, ReviewSettings settings, CancellationToken cancellation) =>
        tree.Analyse(shown, path, tree.Load(shown, path, tree.WantsWarnings(settings), cancellation), settings, null, null, cancellation);

    private static TextSpan PlaceOf(NotAnalysed gap, TranslationUnit? unit) =>
        unit?.Functions.FirstOrDefault(function => SystemCallName.IsOf(gap.Function ?? "", function.Name))?.NameSpan
        ?? (unit?.Problems.FirstOrDefault(problem => problem.Function == gap.Function) is { } problem ? new TextSpan(problem.Span.Start, problem.Span.Start) : default);

    /// <summary>The file at the base revision.</summary>
    private sealed record BaseVersion(byte[] Bytes, ReviewSettings Settings, Baseline Findings, HashSet<NotAnalysed> Gaps);

    /// <summary>What was said of a version, before the findings that were there before are taken out.</summary>
    private sealed record KnownVersion(ParsedVersion Version, ReviewSettings Settings, AnalysisResult Result, bool IsComplete);
}
