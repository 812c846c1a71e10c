using System.Collections.Immutable;
using System.Text;
using Review.Clang;
using Review.Core.Source;

namespace Review.Tests.Clang;

/// <summary>Three headers of our own on disk.</summary>
internal sealed class HeaderFolder : IDisposable
{
    private const string Common = """
        #ifndef COMMON_H
        #define COMMON_H
        #include "first.h"
        #include "second.h"
        #endif

        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mmreview-pch");

    public HeaderFolder()
    {
        File.WriteAllText(At("common.h"), Common);
        File.WriteAllText(At("first.h"), "#ifndef FIRST_H\n#define FIRST_H\nint first(int);\n#endif\n");
        File.WriteAllText(At("second.h"), "#ifndef SECOND_H\n#define SECOND_H\n#define SECOND 2\nint second(int);\n#ifdef SWITCH\nint third(int);\n#endif\n#endif\n");
    }

    public ImmutableArray<string> Arguments => ["--target=x86_64-linux-gnu", "-std=gnu11", "-nostdinc", $"-I{folder.FullName}"];

    /// <summary>Compiles common.h, and reads its index as it was written.</summary>
    public PrecompiledHeader Precompile(ClangParser parser)
    {
        var index = parser.Precompile(new SourceText("common.h", Encoding.ASCII.GetBytes(Common)), At(""), (At(""), null), Arguments, At("common.pch"));
        using var written = new MemoryStream();
        index.WriteTo(written);
        written.Position = 0;
        return new PrecompiledHeader(At("common.pch"), At("common.h"), HeaderIndex.ReadFrom(written));
    }

    public string At(string name) => name.Length == 0 ? folder.FullName : Path.Combine(folder.FullName, name);

    public ParseRequest Request(string text) => new(new SourceText("file.c", Encoding.ASCII.GetBytes(text)), folder.FullName, null, Arguments);

    public void Dispose() => folder.Delete(recursive: true);
}
