using System.Collections.Immutable;
using Review.Clang;
using Review.Core.Source;
using Review.Kernel.Headers;

namespace Review.Cli.Check;

/// <summary>Computes the values of kernel/bounds.c and its like with libclang, against the headers generated so far.</summary>
internal sealed class LibclangOffsets(ISourceTree tree, ClangParser parser, string root, Func<string> overlay) : IOffsetCompiler
{
    public OffsetValues Compile(string source, ImmutableArray<string> arguments)
    {
        if (tree.ReadBytes(source) is not { } bytes)
        {
            return OffsetValues.Failed("the file is missing");
        }

        var table = OffsetEvaluator.Evaluate(parser, new ParseRequest(new SourceText(source, bytes), root, overlay(), arguments));
        return new OffsetValues(table.Values, table.Problem);
    }
}
