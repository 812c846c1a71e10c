using System.Collections.Immutable;
using System.Text;

namespace Review.Kernel.Kconfig;

internal enum TokenKind
{
    Word,
    Text,
    Operator,
}

/// <summary>A word, a quoted text (without its quotes) or an operator.</summary>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    public bool IsWord(string word) => Kind == TokenKind.Word && string.Equals(Text, word, StringComparison.Ordinal);

    public bool IsOperator(string text) => Kind == TokenKind.Operator && string.Equals(Text, text, StringComparison.Ordinal);
}

/// <summary>Splits one logical line of a Kconfig file into tokens, expanding macros on the way (scripts/kconfig/lexer.l).</summary>
internal sealed class KconfigLexer(MacroExpander macros)
{
    /// <summary>The tokens of a line up to a comment. A word that expands to nothing is no token, as in the kernel's lexer.</summary>
    public ImmutableArray<Token> Tokenize(string line)
    {
        var tokens = ImmutableArray.CreateBuilder<Token>();
        var i = 0;
        while (i < line.Length)
        {
            var c = line[i];
            if (c == '#')
            {
                break;
            }

            if (c is '"' or '\'')
            {
                tokens.Add(new Token(TokenKind.Text, Quoted(line, ref i)));
            }
            else if (IsWordStart(line, i))
            {
                var word = Word(line, ref i);
                if (word.Length > 0)
                {
                    tokens.Add(new Token(TokenKind.Word, word));
                }
            }
            else
            {
                var length = OperatorLength(line, i);
                if (length > 0)
                {
                    tokens.Add(new Token(TokenKind.Operator, line.Substring(i, length)));
                }

                // Blanks and characters without meaning are skipped.
                i += Math.Max(length, 1);
            }
        }

        return tokens.ToImmutable();
    }

    private static int OperatorLength(string line, int i)
    {
        var next = i + 1 < line.Length ? line[i + 1] : '\0';
        return (line[i], next) switch
        {
            ('&', '&') or ('|', '|') or ('!', '=') or ('<', '=') or ('>', '=') => 2,
            ('!' or '=' or '<' or '>' or '(' or ')', _) => 1,
            _ => 0,
        };
    }

    private static bool IsWordStart(string line, int i) => IsWordCharacter(line[i]) || line[i] == '$';

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/';

    private string Word(string line, ref int i)
    {
        var start = i;
        var hasMacro = false;
        while (i < line.Length && IsWordStart(line, i))
        {
            if (line[i] == '$' && i + 1 < line.Length && line[i + 1] == '(')
            {
                hasMacro = true;
                i = MacroExpander.EndOfGroup(line, i + 1);
            }
            else
            {
                i++;
            }
        }

        var word = line[start..i];
        return hasMacro ? macros.Expand(word) : word;
    }

    private string Quoted(string line, ref int i)
    {
        var quote = line[i++];
        var text = new StringBuilder();
        while (i < line.Length && line[i] != quote)
        {
            if (line[i] == '\\' && i + 1 < line.Length)
            {
                text.Append(line[i + 1]);
                i += 2;
            }
            else if (line[i] == '$' && i + 1 < line.Length && line[i + 1] == '(')
            {
                var end = MacroExpander.EndOfGroup(line, i + 1);
                text.Append(macros.Expand(line[i..end]));
                i = end;
            }
            else
            {
                text.Append(line[i++]);
            }
        }

        i++;
        return text.ToString();
    }
}
