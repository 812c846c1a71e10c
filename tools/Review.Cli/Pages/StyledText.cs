using System.Text;
using Review.Cli.Output;
using Review.Core.Diagnostics;

namespace Review.Cli.Pages;

/// <summary>Text with styles that is wrapped by what people see, not by its escape sequences.</summary>
internal sealed class StyledText
{
    private readonly List<Run> runs = [];

    /// <summary>How many columns the text takes on one line.</summary>
    public int Width => Words().Where(word => word is not LineEnd).Select(word => word.Width + 1).DefaultIfEmpty(1).Sum() - 1;

    /// <summary>The columns of the longest word.</summary>
    public int LongestWord => Words().Select(word => word.Width).DefaultIfEmpty().Max();

    /// <summary>Adds text; control characters become visible, line ends break the line.</summary>
    public void Add(string text, Func<string, string> style) => runs.Add(new Run(text, style));

    /// <summary>The lines, none longer than <paramref name="width"/> unless a single word is.</summary>
    public IEnumerable<string> Wrap(int width)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in Words())
        {
            if (word is LineEnd || (used > 0 && used + 1 + word.Width > width))
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            if (word is LineEnd)
            {
                continue;
            }

            if (used > 0)
            {
                line.Append(' ');
                used++;
            }

            line.Append(word.Text);
            used += word.Width;
        }

        if (used > 0)
        {
            yield return line.ToString();
        }
    }

    // A word may change its style in the middle: **bo**ld is one word.
    private IEnumerable<Word> Words()
    {
        var word = new Word();
        foreach (var run in runs)
        {
            var start = 0;
            for (var i = 0; i <= run.Text.Length; i++)
            {
                if (i < run.Text.Length && run.Text[i] is not (' ' or '\n'))
                {
                    continue;
                }

                word.Append(run.Text[start..i], run.Style);
                start = i + 1;
                if (i == run.Text.Length)
                {
                    break;
                }

                if (word.Width > 0)
                {
                    yield return word;
                    word = new Word();
                }

                if (run.Text[i] == '\n')
                {
                    yield return new LineEnd();
                }
            }
        }

        if (word.Width > 0)
        {
            yield return word;
        }
    }

    private sealed record Run(string Text, Func<string, string> Style);

    private class Word
    {
        private readonly StringBuilder text = new();

        public int Width { get; private set; }

        public string Text => text.ToString();

        public void Append(string part, Func<string, string> style)
        {
            if (part.Length == 0)
            {
                return;
            }

            var visible = VisibleText.Of(part);
            text.Append(style(visible));
            Width += visible.EnumerateRunes().Sum(VisibleText.WidthOf);
        }
    }

    private sealed class LineEnd : Word;
}
