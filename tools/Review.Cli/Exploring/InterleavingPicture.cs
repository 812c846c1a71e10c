using Review.Cli.Output;
using Review.Model;
using Review.Model.Exploration;
using Review.Model.Memory;
using PageSizes = Review.Model.Memory.Pages;

namespace Review.Cli.Exploring;

/// <summary>
/// A violation as a picture (SVG): time runs down; on the left the VMAs as frames around their pages, then one column of text for each thread. A page is filled while something is mapped there;
/// the pages that the violation is about are marked at its end.
/// </summary>
internal sealed class InterleavingPicture
{
    private const int RowHeight = 34;
    private const int HeadHeight = 40;
    /// <summary>Only one thread has text in a row, so a text may reach into the next column.</summary>
    private const int ColumnWidth = 190;

    private const int LastColumnWidth = 330;
    private const int PageWidth = 54;
    private const int GapWidth = 18;
    private const int MostPages = 48;

    private readonly ExplorationFile file;
    private readonly Exploration exploration;
    private readonly Violation violation;
    private readonly List<(ulong Number, int X)> pages = [];
    private readonly int left;
    private readonly int width;

    private InterleavingPicture(ExplorationFile file, Exploration exploration, Violation violation)
    {
        this.file = file;
        this.exploration = exploration;
        this.violation = violation;
        var x = 2;
        ulong? last = null;
        foreach (var number in PagesOfAllSteps())
        {
            x += last is { } before && number != before + 1 ? GapWidth : 0;
            pages.Add((number, x));
            x += PageWidth;
            last = number;
        }

        left = x + GapWidth;
        width = left + ((file.Threads.Count - 1) * ColumnWidth) + LastColumnWidth;
    }

    /// <summary>The picture.</summary>
    public static Html Of(ExplorationFile file, Exploration exploration, Violation violation) => new InterleavingPicture(file, exploration, violation).Draw();

    private Html Draw()
    {
        var steps = violation.Steps;
        var effects = new StepEffects(exploration.Program.Names.ExpressionOf);
        var height = HeadHeight + ((steps.Length + 1) * RowHeight);
        return Html.Of(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{file.Name}" font-size="12" fill="currentColor">
            {file.Threads.Select((thread, index) => Html.Of($"<text x=\"{left + (index * ColumnWidth)}\" y=\"16\" font-weight=\"600\">{thread.Name}</text>\n"))}{pages.Select(page => Html.Of($"<text x=\"{page.X + (PageWidth / 2)}\" y=\"16\" text-anchor=\"middle\">{exploration.Program.Names.ExpressionOf(page.Number << PageSizes.Shift)}</text>\n"))}{Memory(steps[0].Before, 0)}{steps.Select((step, index) => Row(step, index + 1, effects))}{violation.Breach.Pages.Select(page => Mark(page >> PageSizes.Shift, steps.Length))}</svg>
            """);
    }

    private Html Row(InterleavingStep step, int row, StepEffects effects)
    {
        var y = HeadHeight + (row * RowHeight);
        var lines = string.Join(", ", InterleavingRow.Actions(step, effects));
        var first = step.IsFirst ? step.Call.Text : lines;
        var second = step.IsFirst ? lines : "";
        return Html.Of(
            $"""
            <text x="{left + (step.Thread * ColumnWidth)}" y="{y}">{first}</text>
            <text x="{left + (step.Thread * ColumnWidth) + 10}" y="{y + 14}" opacity="0.8">{second}</text>
            {Memory(step.After, row)}
            """);
    }

    private IEnumerable<Html> Memory(Machine machine, int row)
    {
        var y = HeadHeight + (row * RowHeight) - 12;
        var space = machine.Space(1);
        foreach (var (number, x) in pages)
        {
            if (space.PteAt(number << PageSizes.Shift) is { IsNone: false } entry)
            {
                yield return Html.Of($"<rect x=\"{x + 4}\" y=\"{y + 3}\" width=\"{PageWidth - 8}\" height=\"14\" fill=\"{Fill(entry)}\" stroke=\"none\"/>\n");
            }
        }

        foreach (var vma in space.Vmas)
        {
            var inside = pages.Where(page => vma.Contains(page.Number << PageSizes.Shift)).ToList();
            if (inside.Count > 0)
            {
                yield return Html.Of($"<rect x=\"{inside[0].X + 1}\" y=\"{y}\" width=\"{inside[^1].X + PageWidth - 2 - inside[0].X}\" height=\"20\" rx=\"3\" fill=\"none\" stroke=\"currentColor\"/>\n");
            }
        }
    }

    private Html Mark(ulong number, int row)
    {
        foreach (var (known, x) in pages)
        {
            if (known == number)
            {
                return Html.Of($"<rect x=\"{x - 2}\" y=\"{HeadHeight + (row * RowHeight) - 15}\" width=\"{PageWidth + 4}\" height=\"26\" rx=\"5\" fill=\"none\" stroke=\"#d1242f\" stroke-width=\"2.5\"/>\n");
            }
        }

        return Html.Of($"");
    }

    private static string Fill(Pte entry) => entry.Kind switch
    {
        PteKind.Page => "#4c8dd6",
        PteKind.Zero or PteKind.HugeZero => "#a9bccf",
        PteKind.Guard => "#b65fcf",
        _ => "#8a8f98",
    };

    private List<ulong> PagesOfAllSteps()
    {
        var numbers = new SortedSet<ulong>();
        foreach (var machine in violation.Steps.Select(static step => step.After).Prepend(violation.Steps[0].Before))
        {
            foreach (var vma in machine.Space(1).Vmas)
            {
                for (var number = vma.Start >> PageSizes.Shift; number < vma.End >> PageSizes.Shift && numbers.Count < MostPages; number++)
                {
                    numbers.Add(number);
                }
            }
        }

        return [.. numbers];
    }
}
