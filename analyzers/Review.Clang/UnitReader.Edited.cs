using System.Collections.Immutable;
using ClangSharp.Interop;
using Review.Core.Syntax;
using static ClangSharp.Interop.CXCursorKind;

namespace Review.Clang;

/// <summary>A version that differs from the one before in one function: that one is read, the others are taken over.</summary>
internal sealed unsafe partial class UnitReader
{
    /// <summary>
    /// The version behind an edit, compiled without the bodies of the other functions, whose trees are taken over; null if that is not enough, for example because the edit has
    /// left a brace without its pair.
    /// </summary>
    public TranslationUnit? ReadEdited(FunctionEdit edit)
    {
        var (before, move) = (edit.Before, edit.Move);
        var messages = ReadMessages().RemoveAll(message => MissingBodies.IsReasonOf(message, edit, request.Text.Path));
        var errors = messages.Where(static message => message.Severity >= CompilerSeverity.Error).ToList();
        var expected = before.Functions.Select(static function => (function.Name, function.Span)).Concat(before.Problems.Select(static problem => (Name: problem.Function, problem.Span)))
            .Select(one => (one.Name, move.Of(one.Span))).ToHashSet();
        var definitions = topLevel.Where(cursor => cursor.kind == CXCursor_FunctionDecl && IsInFile(cursor) && clang.isCursorDefinition(cursor) != 0).ToLookup(cursor => (Cursors.Spelling(cursor), SpanOf(cursor)));
        var isElsewhere = Headers != request.History!.Headers || messages.Any(message => message.Path != request.Text.Path || !IsInOrRightBehind(message.Offset, edit.Span));
        if (isElsewhere || definitions.Count != expected.Count || !definitions.All(definition => expected.Contains(definition.Key)))
        {
            return null;
        }

        request.Shared!.Added.Clear();
        var functions = ImmutableArray.CreateBuilder<FunctionDefinition>();
        var problems = ImmutableArray.CreateBuilder<FunctionProblem>();
        problems.AddRange(before.Problems.Select(problem => problem with { Span = move.Of(problem.Span) }));
        foreach (var function in before.Functions)
        {
            if (edit.Concerns(function))
            {
                ReadFunction(definitions[(function.Name, move.Of(function.Span))].First(), errors, functions, problems);
            }
            else
            {
                functions.Add(move.Of(function));
            }
        }

        if (request.WithWarnings && MissingBodies.MayChangeUse(before, functions))
        {
            return null;
        }

        KeepsToItsIncludes = includes.LeadTo(symbols.Declarations.Concat(macros.Invoked));
        if (request.Shared.Added.Exists(declaration => IsInFile(declaration) && !edit.Span.Contains(SpanOf(declaration))))
        {
            // Something without a name, known by its place only, and that has changed: those who named it before would mean something else.
            request.History.Forget();
            return null;
        }

        _ = ReadHeaderFunctions();
        ImmutableArray<GlobalVariable> globals = [.. before.Globals.Select(move.Of)];
        return new TranslationUnit
        {
            Surroundings = before.Surroundings,
            Text = request.Text,
            Functions = functions.ToImmutable(),
            HeaderFunctions = HeaderFunctionsOf(functions, globals),
            Globals = globals,
            Macros = [.. before.Macros.Where(macro => !edit.Function.Span.Contains(macro.Span)).Select(move.Of).Concat(macros.Inside(edit.Span)).OrderBy(static macro => macro.Span.Start)],
            Comments =
            [
                .. before.Comments.Where(comment => !edit.Function.Span.Contains(comment.Span)).Select(comment => comment with { Span = move.Of(comment.Span) })
                    .Concat(tokens.Comments.Where(comment => edit.Span.Contains(comment.Span))).OrderBy(static comment => comment.Span.Start),
            ],
            Skipped = ReadSkipped(),
            Messages = messages,
            Problems = [.. problems.OrderBy(static problem => problem.Span.Start)],
            Includes = before.Includes,
        };
    }

    /// <summary>The functions of headers, read in this version or an earlier one, that a file's trees lead to; in the order in which reading them all would find them.</summary>
    private ImmutableArray<FunctionDefinition> HeaderFunctionsOf(IEnumerable<FunctionDefinition> functions, IEnumerable<GlobalVariable> globals)
    {
        var found = ImmutableArray.CreateBuilder<FunctionDefinition>();
        var seen = new HashSet<FunctionSymbol>(ReferenceEqualityComparer.Instance);
        var trees = functions.Select(static function => (function.Span.Start, Tree: (Node)function.Body)).Concat(globals.Where(static global => global.Initializer is not null).Select(static global => (global.Span.Start, Tree: (Node)global.Initializer!)));
        foreach (var (_, tree) in trees.OrderBy(static tree => tree.Start))
        {
            Look(tree);
        }

        for (var next = 0; next < found.Count; next++)
        {
            Look(found[next].Body);
        }

        return found.ToImmutable();

        void Look(Node tree)
        {
            foreach (var name in tree.DescendantsAndSelf().OfType<NameExpression>())
            {
                if (name.Symbol is FunctionSymbol symbol && seen.Add(symbol) && request.Shared!.HeaderFunctions.TryGetValue(symbol, out var function))
                {
                    found.Add(function);
                }
            }
        }
    }
}
