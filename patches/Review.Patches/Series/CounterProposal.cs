using System.Collections.Immutable;
using Review.Patches.Diffs;
using Review.Patches.Mail;
using Review.Patches.Threads;

namespace Review.Patches.Series;

/// <summary>A diff in an answer: somebody proposes something else than a patch, or something on top of what was proposed before.</summary>
/// <param name="Mail">The answer.</param>
/// <param name="Answers">Number of the patch that it answers, directly or further up; 0 for the cover letter.</param>
/// <param name="Earlier">Diffs of the answers between, the oldest first.</param>
/// <param name="Files">What it does.</param>
public sealed record CounterProposal(MailMessage Mail, int Answers, ImmutableArray<ImmutableArray<FilePatch>> Earlier, ImmutableArray<FilePatch> Files)
{
    /// <summary>The counter-proposals to a series in its thread, in the order of the mails.</summary>
    public static ImmutableArray<CounterProposal> Find(MailThread thread, PatchSeries series)
    {
        ArgumentNullException.ThrowIfNull(thread);
        ArgumentNullException.ThrowIfNull(series);
        var result = ImmutableArray.CreateBuilder<CounterProposal>();
        for (var i = 0; i < thread.Mails.Length; i++)
        {
            if (PatchSubject.Parse(thread.Mails[i].Subject).IsReply && DiffIn(thread.Mails[i]) is { IsEmpty: false } files
                && thread.Above(i).Select(above => NumberOf(thread.Mails[above], series)).FirstOrDefault(static number => number is not null) is { } number)
            {
                var between = thread.Above(i).TakeWhile(above => NumberOf(thread.Mails[above], series) is null).Reverse().Select(above => DiffIn(thread.Mails[above]));
                result.Add(new CounterProposal(thread.Mails[i], number, [.. between.Where(static diff => !diff.IsEmpty)], files));
            }
        }

        return result.ToImmutable();
    }

    /// <summary>
    /// The tree that the proposal makes of the one before the patch it answers; where it does not apply there, of the one after it. Mail programs turn tabs into blanks in answers, so white
    /// space does not count.
    /// </summary>
    /// <param name="trees">The base and the tree after each patch.</param>
    /// <param name="start">The tree that it was applied to.</param>
    /// <returns>Null if it applies to neither.</returns>
    public PatchedTree? On(ImmutableArray<PatchedTree> trees, out PatchedTree start)
    {
        ImmutableArray<PatchedTree> starts = Answers > 0 && Answers < trees.Length ? [trees[Answers - 1], trees[Answers]] : [trees[0], trees[^1]];
        foreach (var tree in starts)
        {
            start = tree;
            foreach (var earlier in (ImmutableArray<ImmutableArray<FilePatch>>[])[Earlier, []])
            {
                try
                {
                    return earlier.Append(Files).Aggregate(tree, static (before, files) => before.Apply(files, ignoresBlanks: true));
                }
                catch (PatchException)
                {
                    // The next start may be the one that was meant.
                }
            }
        }

        start = trees[0];
        return null;
    }

    private static ImmutableArray<FilePatch> DiffIn(MailMessage mail) => PatchSubject.Parse(mail.Subject).IsReply ? SeriesPatch.Of(0, mail).Files : [];

    private static int? NumberOf(MailMessage mail, PatchSeries series) =>
        mail == series.Cover ? 0 : series.Patches.FirstOrDefault(patch => patch.Mail == mail)?.Number;
}
