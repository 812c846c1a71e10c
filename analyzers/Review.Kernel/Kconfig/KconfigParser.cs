using System.Collections.Immutable;
using Review.Core.Source;
using Review.Kernel.Architectures;

namespace Review.Kernel.Kconfig;

/// <summary>
/// Reads all Kconfig files of a tree into a model (Documentation/kbuild/kconfig-language.rst). Never fails on a bad file:
/// what makes no sense is skipped and recorded as a problem.
/// </summary>
internal sealed class KconfigParser
{
    private const int MaximumBlocks = 64;

    private readonly KconfigModel model;
    private readonly KconfigFiles files;
    private readonly ProblemList problems;
    private readonly MacroExpander macros;
    private readonly KconfigLexer lexer;
    private KconfigBlock block = KconfigBlock.Root;
    private KconfigBlock fileBlock = KconfigBlock.Root;
    private KconfigEntry? entry;
    private KconfigLines lines = new("", "");
    private int ignoredBlocks;

    private KconfigParser(ISourceTree tree, Architecture architecture, ProblemList problems)
    {
        model = new KconfigModel(KernelVersion.Read(tree) is { Major: > 6 } or { Major: 6, Patchlevel: >= 11 } ? KconfigDialect.Since611 : KconfigDialect.Before611);
        files = new KconfigFiles(tree, problems);
        this.problems = problems;
        macros = new MacroExpander(new Toolchain(architecture), problems);
        lexer = new KconfigLexer(macros);
    }

    /// <summary>Reads the tree's Kconfig for one architecture. Throws <see cref="KernelTreeException"/> if there is none.</summary>
    public static KconfigModel Parse(ISourceTree tree, Architecture architecture, ProblemList problems)
    {
        if (!tree.FileExists("Kconfig"))
        {
            throw new KernelTreeException("Kconfig", "missing: this is no kernel tree, or an incomplete one; a complete .config can be used without it");
        }

        var parser = new KconfigParser(tree, architecture, problems);
        parser.ParseFile("Kconfig", "Kconfig", 0);
        return parser.model;
    }

    private void ParseFile(string path, string from, int fromLine)
    {
        if (files.Open(path, from, fromLine) is not { } opened)
        {
            return;
        }

        var outer = (lines, block, fileBlock, ignoredBlocks);
        (lines, fileBlock, ignoredBlocks) = (opened, block, 0);
        while (lines.Next() is { } line)
        {
            macros.Path = lines.Path;
            macros.Line = lines.Line;
            ParseLine(line);
        }

        FinishEntry();
        if (block != outer.block)
        {
            problems.Add(path, lines.Line, $"'{block.Keyword}' is not closed in the file that opens it; it ends here");
        }

        files.Close();
        (lines, block, fileBlock, ignoredBlocks) = outer;
    }

    private void ParseLine(string line)
    {
        if (TryAssign(line))
        {
            return;
        }

        var tokens = lexer.Tokenize(line);
        if (tokens is not [{ Kind: TokenKind.Word, Text: var keyword }, ..])
        {
            return;
        }

        if (tokens.Length == 1 && keyword is "help" or "---help---")
        {
            lines.SkipHelp();
        }
        else if (!ParseStatement(keyword, tokens) && entry is not null)
        {
            ParseAttribute(entry, keyword, tokens);
        }
    }

    private bool TryAssign(string line)
    {
        var nameEnd = 0;
        while (nameEnd < line.Length && (char.IsAsciiLetterOrDigit(line[nameEnd]) || line[nameEnd] is '_' or '-'))
        {
            nameEnd++;
        }

        var rest = line.AsSpan(nameEnd).TrimStart();
        var @operator = rest.StartsWith(":=", StringComparison.Ordinal) ? ":="
            : rest.StartsWith("+=", StringComparison.Ordinal) ? "+="
            : rest.StartsWith('=') ? "="
            : null;
        if (nameEnd == 0 || @operator is null)
        {
            return false;
        }

        macros.Assign(line[..nameEnd], @operator, rest[@operator.Length..].TrimStart().ToString());
        return true;
    }

    /// <summary>Handles statements that begin or end something; false for attribute lines and unknown words.</summary>
    private bool ParseStatement(string keyword, ImmutableArray<Token> tokens)
    {
        switch (keyword)
        {
            case "config" or "menuconfig":
                FinishEntry();
                if (tokens is [_, { Kind: TokenKind.Word, Text: var name }, ..])
                {
                    entry = new KconfigEntry { Symbol = model.Get(name) };
                }
                else
                {
                    Problem($"'{keyword}' without a symbol; it is ignored");
                }

                return true;
            case "choice":
                FinishEntry();
                if (MayEnter())
                {
                    entry = new KconfigEntry { Choice = model.AddChoice() };
                }

                return true;
            case "menu":
                FinishEntry();
                if (MayEnter())
                {
                    entry = new KconfigEntry { IsMenu = true };
                }

                return true;
            case "if":
                FinishEntry();
                if (MayEnter())
                {
                    block = block.Enter("if", ParseExpression(tokens, 1), Expression.Yes, null);
                }

                return true;
            case "endchoice" or "endmenu" or "endif":
                FinishEntry();
                Leave(keyword);
                return true;
            case "comment":
                FinishEntry();
                entry = new KconfigEntry();
                return true;
            case "source" or "rsource" or "osource" or "orsource":
                FinishEntry();
                Source(keyword, tokens);
                return true;
            default:
                return keyword == "mainmenu";
        }
    }

    private void ParseAttribute(KconfigEntry target, string keyword, ImmutableArray<Token> tokens)
    {
        var parser = new ExpressionParser(tokens.AsSpan()[1..], model);
        switch (keyword)
        {
            case "bool" or "boolean" or "tristate" or "int" or "hex" or "string":
                SetType(target, keyword);
                if (parser.HasMore)
                {
                    parser.ParseOperand();
                    target.AddPrompt(parser.ParseGuard());
                }

                break;
            case "def_bool" or "def_tristate":
                SetType(target, keyword["def_".Length..]);
                target.AddDefault(parser.Parse(), parser.ParseGuard());
                break;
            case "prompt":
                parser.ParseOperand();
                target.AddPrompt(parser.ParseGuard());
                break;
            case "default":
                target.AddDefault(parser.Parse(), parser.ParseGuard());
                break;
            case "depends":
                parser.TryTake("on");
                var dependency = parser.Parse();
                target.AddDependency(parser.HasMore ? new Any([new Not(parser.ParseGuard()), dependency]) : dependency);
                break;
            case "visible":
                target.AddVisibility(parser.ParseGuard());
                break;
            case "select" when parser.ParseOperand() is Reference { Symbol: var selected }:
                target.AddSelect(selected, parser.ParseGuard());
                break;
            case "imply" when parser.ParseOperand() is Reference { Symbol: var implied }:
                target.AddImply(implied, parser.ParseGuard());
                break;
            case "range":
                target.AddRange(new ValueRange(parser.ParseOperand(), parser.ParseOperand()), parser.ParseGuard());
                break;
            case "modules":
            case "option" when tokens is [_, { Text: "modules" }, ..]:
                model.Modules = target.Symbol;
                break;
            default:
                // Kconfig has attributes that say nothing about values, and future ones are better ignored than guessed at.
                break;
        }

        if (parser.Problem is { } problem)
        {
            Problem(problem);
        }
    }

    private static void SetType(KconfigEntry target, string keyword)
    {
        if (target.Symbol is { Type: SymbolType.Unknown } symbol)
        {
            symbol.Type = keyword switch
            {
                "bool" or "boolean" => SymbolType.Bool,
                "tristate" => SymbolType.Tristate,
                "int" => SymbolType.Int,
                "hex" => SymbolType.Hex,
                _ => SymbolType.String,
            };
        }
    }

    private Expression ParseExpression(ImmutableArray<Token> tokens, int start)
    {
        var parser = new ExpressionParser(tokens.AsSpan()[start..], model);
        var expression = parser.Parse();
        if (parser.Problem is { } problem)
        {
            Problem(problem);
        }

        return expression;
    }

    private void Source(string keyword, ImmutableArray<Token> tokens)
    {
        if (tokens.Length < 2)
        {
            Problem($"'{keyword}' without a file name; it is ignored");
            return;
        }

        var (path, line) = (lines.Path, lines.Line);
        foreach (var found in files.Find(path, line, keyword, tokens[1].Text))
        {
            ParseFile(found, path, line);
        }
    }

    /// <summary>True if another block may be opened; blocks beyond the bound are counted, so that their ends match nothing.</summary>
    private bool MayEnter()
    {
        if (block.Depth < MaximumBlocks && ignoredBlocks == 0)
        {
            return true;
        }

        ignoredBlocks++;
        Problem($"menus, choices and ifs are nested more than {MaximumBlocks} deep; the inner ones are ignored");
        return false;
    }

    private void Leave(string keyword)
    {
        if (ignoredBlocks > 0)
        {
            ignoredBlocks--;
        }
        else if (block != fileBlock && block.Parent is { } parent && string.Equals(block.Keyword, keyword["end".Length..], StringComparison.Ordinal))
        {
            block = parent;
        }
        else
        {
            Problem($"'{keyword}' closes nothing; it is ignored");
        }
    }

    private void FinishEntry()
    {
        block = entry?.Finish(block) ?? block;
        entry = null;
    }

    private void Problem(string message) => problems.Add(lines.Path, lines.Line, message);
}
