using System.Collections.Immutable;

namespace Review.Bot.Commands;

/// <summary>A line <c>mmrev: WORD ARGUMENT</c> in somebody's own text.</summary>
/// <param name="Word">What is to be done, in lower case.</param>
/// <param name="Argument">The rest of the line.</param>
/// <param name="Quoted">The lines that are quoted right above it, which it is about; without quote marks.</param>
public sealed record ReplyCommand(string Word, string Argument, ImmutableArray<string> Quoted)
{
    private const string Mark = "mmrev:";

    /// <summary>The commands in a text: at the beginning of a line, not in a quote, above the signature.</summary>
    public static ImmutableArray<ReplyCommand> ReadAll(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var commands = ImmutableArray.CreateBuilder<ReplyCommand>();
        var quoted = new List<string>();
        var isAfterText = false;
        foreach (var line in body.Split('\n').Select(static line => line.TrimEnd('\r')).TakeWhile(static line => line is not ("-- " or "--")))
        {
            if (line.StartsWith('>'))
            {
                if (isAfterText)
                {
                    quoted.Clear();
                }

                quoted.Add(line.TrimStart('>', ' '));
                isAfterText = false;
            }
            else if (line.StartsWith(Mark, StringComparison.OrdinalIgnoreCase))
            {
                var words = line[Mark.Length..].Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
                commands.Add(new ReplyCommand(words[0].ToLowerInvariant(), words.Length > 1 ? words[1] : "", [.. quoted]));
                isAfterText = true;
            }
            else if (line.Trim().Length > 0)
            {
                isAfterText = true;
            }
        }

        return commands.ToImmutable();
    }
}
