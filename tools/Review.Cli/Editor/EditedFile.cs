using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Lsp.Reviewing;
using Review.Patches.Diffs;

namespace Review.Cli.Editor;

/// <summary>One file that is open in an editor, and what is known of its last versions.</summary>
internal sealed class EditedFile(EditorTree tree, string path)
{
    private (byte[] Bytes, ReviewSettings Settings, Baseline Baseline)? before;
    private (PatchedTree Shown, LoadedUnit Loaded, bool WithWarnings)? parsed;

    /// <summary>The tree that it is in.</summary>
    public EditorTree Tree => tree;

    /// <summary>Reviews the file as its editor shows it.</summary>
    public FileReview Review(ReviewRequest request, ReviewPass pass, CancellationToken cancellation)
    {
        var (edited, loaded) = Parse(request, cancellation);
        var result = tree.Analyse(edited, path, loaded, request.Settings, null, cancellation);
        var shown = Before(request, cancellation).Apply(result);
        var text = loaded.Unit?.Text ?? new SourceText(path, request.Text);
        return new FileReview(tree.Root, text, shown.Findings, [.. shown.NotAnalysed.Select(gap => new ReviewGap(gap, PlaceOf(gap, loaded.Unit)))]);
    }

    /// <summary>The tree as the editors show it, and the file in it, parsed; once for the same bytes.</summary>
    public (PatchedTree Shown, LoadedUnit Loaded) Parse(ReviewRequest request, CancellationToken cancellation)
    {
        var (shown, withWarnings) = (Shown(request), tree.WantsWarnings(request.Settings));
        if (parsed is not { } known || known.WithWarnings != withWarnings || !IsSame(known.Shown, shown))
        {
            // What was parsed before is not needed any longer, and large.
            parsed = null;
            parsed = known = (shown, tree.Load(shown, path, withWarnings, cancellation), withWarnings);
        }

        return (known.Shown, known.Loaded);
    }

    private bool IsSame(PatchedTree one, PatchedTree other) =>
        one.Changed[path].AsSpan().SequenceEqual(other.Changed[path])
        && one.ChangedHeaders.Count == other.ChangedHeaders.Count
        && one.ChangedHeaders.All(header => other.ChangedHeaders.TryGetValue(header.Key, out var bytes) && header.Value.AsSpan().SequenceEqual(bytes));

    /// <summary>The tree as the editors show it.</summary>
    private PatchedTree Shown(ReviewRequest request) => tree.With(request.Open
        .Where(file => file.Key.StartsWith(tree.Root + "/", StringComparison.Ordinal))
        .Select(file => KeyValuePair.Create(file.Key[(tree.Root.Length + 1)..], file.Value))
        .Append(KeyValuePair.Create(path, request.Text)));

    /// <summary>What was there before the edit; nothing if all is to be shown.</summary>
    private Baseline Before(ReviewRequest request, CancellationToken cancellation)
    {
        var settings = request.Settings;
        if (settings.Show == ShownFindings.All || tree.Base?.Read(settings.Base, path) is not { } bytes)
        {
            return settings.Show == ShownFindings.Changed && tree.Base is null
                ? throw new UserError("the tree is not under git, so that nothing is known of what changed", "set mmreview.show to 'all' or 'auto'")
                : Baseline.Empty;
        }

        if (before is { } known && known.Settings == settings && known.Bytes.AsSpan().SequenceEqual(bytes))
        {
            return known.Baseline;
        }

        var shown = Shown(request).With([KeyValuePair.Create(path, (byte[]?)bytes)]);
        var loaded = tree.Load(shown, path, tree.WantsWarnings(settings), cancellation);
        var result = tree.Analyse(shown, path, loaded, settings, null, cancellation);
        before = (bytes, settings, Baseline.From(result.Findings));
        return before.Value.Baseline;
    }

    private static TextSpan PlaceOf(NotAnalysed gap, TranslationUnit? unit) =>
        unit?.Functions.FirstOrDefault(function => SystemCallName.IsOf(gap.Function ?? "", function.Name))?.NameSpan
        ?? (unit?.Problems.FirstOrDefault(problem => problem.Function == gap.Function) is { } problem ? new TextSpan(problem.Span.Start, problem.Span.Start) : default);
}
