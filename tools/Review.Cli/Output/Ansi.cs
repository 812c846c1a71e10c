using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>Colours for terminals, with clang's choice of them; without permission every method returns its text.</summary>
internal sealed class Ansi(bool isOn)
{
    public string Bold(string text) => Wrap("1", text);

    public string Italic(string text) => Wrap("3", text);

    public string Underlined(string text) => Wrap("4", text);

    public string Faint(string text) => Wrap("2", text);

    public string Red(string text) => Wrap("1;31", text);

    public string Green(string text) => Wrap("1;32", text);

    public string Magenta(string text) => Wrap("1;35", text);

    public string Cyan(string text) => Wrap("36", text);

    /// <summary>The columns that a styled line takes on a terminal.</summary>
    public static int WidthOf(string line)
    {
        var width = 0;
        var isEscape = false;
        foreach (var rune in line.EnumerateRunes())
        {
            if (isEscape || rune.Value == '\e')
            {
                isEscape = rune.Value != 'm';
            }
            else
            {
                width += VisibleText.WidthOf(rune);
            }
        }

        return width;
    }

    private string Wrap(string code, string text) => isOn && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
