using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Review.Clang;

/// <summary>
/// Reads what libclang's cursors hide out of clang's own print of a function: which parts of a
/// <c>for</c> are missing, the operands, clobbers and labels of inline assembly, and the types that a <c>_Generic</c> tells apart. The n-th
/// <c>for</c>, <c>asm</c> or <c>_Generic</c> of the print is the n-th of the tree in source order.
/// </summary>
internal static partial class PrettyText
{
    /// <summary>Which of init, condition and increment a <c>for</c> has.</summary>
    public readonly record struct ForShape(bool HasInitializer, bool HasCondition, bool HasIncrement)
    {
        public int Count => (HasInitializer ? 1 : 0) + (HasCondition ? 1 : 0) + (HasIncrement ? 1 : 0);
    }

    /// <summary>An <c>asm</c> statement apart from its operands' expressions.</summary>
    public sealed record AsmShape(string Template, ImmutableArray<string> Outputs, ImmutableArray<string> Inputs, ImmutableArray<string> Clobbers, ImmutableArray<string> Labels);

    /// <summary>What a print says of the nodes of one function. Of a <c>_Generic</c>: the type in front of each arm, or <c>default</c>.</summary>
    public sealed record Shapes(ImmutableArray<ForShape> Fors, ImmutableArray<AsmShape> Asms, ImmutableArray<ImmutableArray<string>> Generics);

    public static Shapes Scan(string print)
    {
        var text = DiagnosticAttribute().Replace(print, "");
        var generics = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        var fors = ImmutableArray.CreateBuilder<ForShape>();
        var asms = ImmutableArray.CreateBuilder<AsmShape>();
        var previous = ";";
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c is '"' or '\'')
            {
                i = SkipQuoted(text, i);
                previous = "\"";
            }
            else if (IsWordStart(c))
            {
                var end = i;
                while (end < text.Length && IsWord(text[end]))
                {
                    end++;
                }

                var word = text[i..end];
                if (word == "for" && NextIs(text, end, '('))
                {
                    fors.Add(ReadFor(text, text.IndexOf('(', end)));
                }
                else if (word is "asm" or "__asm__" && !IsOperandOf(previous))
                {
                    asms.Add(ReadAsm(text, text.IndexOf('(', end)));
                }

                else if (word == "_Generic" && NextIs(text, end, '('))
                {
                    generics.Add([.. Split(text, text.IndexOf('(', end), ',').Skip(1).Select(static arm => arm.Split(':')[0])]);
                }

                previous = word;
                i = end;
            }
            else
            {
                if (!char.IsWhiteSpace(c))
                {
                    previous = c.ToString();
                }

                i++;
            }
        }

        return new Shapes(fors.ToImmutable(), asms.ToImmutable(), generics.ToImmutable());
    }

    /// <summary>True if an <c>asm</c> behind this token names a register or symbol of a declaration: <c>register long sp asm("rsp")</c>.</summary>
    private static bool IsOperandOf(string previous) => IsWord(previous[^1]) && previous is not ("else" or "do") || previous == "]";

    private static ForShape ReadFor(string text, int open)
    {
        var parts = Split(text, open, ';');
        if (parts.Count != 3)
        {
            throw new NotUnderstoodException("the parts of a for statement could not be told apart");
        }

        return new ForShape(parts[0].Length > 0, parts[1].Length > 0, parts[2].Length > 0);
    }

    private static AsmShape ReadAsm(string text, int open)
    {
        var sections = Split(text, open, ':');
        ImmutableArray<string> Operands(int index) => index < sections.Count && sections[index].Length > 0 ? [.. SplitList(sections[index])] : [];
        return new AsmShape(
            sections[0],
            [.. Operands(1).Select(Constraint)],
            [.. Operands(2).Select(Constraint)],
            [.. Operands(3).Select(static clobber => clobber.Trim('"'))],
            Operands(4));
    }

    private static string Constraint(string operand)
    {
        var first = operand.IndexOf('"', StringComparison.Ordinal);
        var last = operand.IndexOf('"', first + 1);
        return first < 0 || last < 0 ? "" : operand[(first + 1)..last];
    }

    private static List<string> SplitList(string text) => Split($"({text})", 0, ',');

    /// <summary>Splits what stands between an opening parenthesis and its partner at a separator outside brackets and quotes.</summary>
    private static List<string> Split(string text, int open, char separator)
    {
        var parts = new List<string>();
        var depth = 0;
        var start = open + 1;
        for (var i = open; i < text.Length;)
        {
            var c = text[i];
            switch (c)
            {
                case '"' or '\'':
                    i = SkipQuoted(text, i);
                    continue;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    if (depth == 0)
                    {
                        parts.Add(text[start..i].Trim());
                        return parts;
                    }

                    break;
                default:
                    if (c == separator && depth == 1)
                    {
                        parts.Add(text[start..i].Trim());
                        start = i + 1;
                    }

                    break;
            }

            i++;
        }

        throw new NotUnderstoodException("clang's print of the function ends inside parentheses");
    }

    private static int SkipQuoted(string text, int start)
    {
        var quote = text[start];
        var i = start + 1;
        while (i < text.Length && text[i] != quote)
        {
            i += text[i] == '\\' ? 2 : 1;
        }

        return i + 1;
    }

    private static bool NextIs(string text, int index, char wanted)
    {
        while (index < text.Length && text[index] == ' ')
        {
            index++;
        }

        return index < text.Length && text[index] == wanted;
    }

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>
    /// The attribute of <c>__compiletime_assert_N()</c>, up to the end of its line. clang prints its message raw: whole expressions, quotes
    /// included, that would be taken for code.
    /// </summary>
    [GeneratedRegex(@"__attribute__\(\((error|warning)\("".*$", RegexOptions.Multiline)]
    private static partial Regex DiagnosticAttribute();
}
