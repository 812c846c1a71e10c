using System.Text;

namespace Review.Cli;

/// <summary>
/// Something the user has to put right: bad usage or bad input. The program prints it as one line, "what: cure", and ends
/// with status 2. Control characters, which may come from hostile file names, are shown as question marks.
/// </summary>
internal sealed class UserError(string what, string cure) : Exception(OneLine(what))
{
    /// <summary>What to do about it, without a full stop.</summary>
    public string Cure { get; } = OneLine(cure);

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text);
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsControl(line[i]))
            {
                line[i] = line[i] is '\n' or '\t' ? ' ' : '?';
            }
        }

        return line.ToString();
    }
}
