using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using ClangSharp.Interop;

namespace Review.Clang;

/// <summary>
/// What is in a precompiled header, for questions that libclang answers only by reading all of it back: its files, which of them includes
/// which, where their macros are defined, where expressions start that clang does not name, and which names they mention.
/// </summary>
public sealed unsafe class HeaderIndex
{
    private const int Format = 2;

    private readonly Dictionary<string, File> files;
    private readonly NameFilter names;

    private HeaderIndex(Dictionary<string, File> files, NameFilter names)
    {
        this.files = files;
        this.names = names;
    }

    /// <summary>The absolute paths of the files, in ordinal order.</summary>
    public ImmutableArray<string> Files => [.. files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Writes the index.</summary>
    public void WriteTo(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Format);
        writer.Write(files.Count);
        foreach (var (path, file) in files.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            writer.Write(path);
            writer.Write(file.Includes.Length);
            foreach (var include in file.Includes)
            {
                writer.Write(include);
            }

            writer.Write(file.Macros.Length);
            foreach (var macro in file.Macros)
            {
                writer.Write(macro.Start);
                writer.Write(macro.End);
                writer.Write(macro.Name);
            }

            writer.Write(file.Starts.Count);
            foreach (var (offset, word) in file.Starts.OrderBy(static start => start.Key))
            {
                writer.Write(offset);
                writer.Write(word);
            }
        }

        names.WriteTo(writer);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It was not written by this program, or not to the end.</exception>
    public static HeaderIndex ReadFrom(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadInt32() != Format)
            {
                throw new InvalidDataException("an index of another format");
            }

            var read = new Dictionary<string, File>(StringComparer.Ordinal);
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                var path = reader.ReadString();
                var includes = new string[reader.ReadInt32()];
                for (var i = 0; i < includes.Length; i++)
                {
                    includes[i] = reader.ReadString();
                }

                var macros = new Macro[reader.ReadInt32()];
                for (var i = 0; i < macros.Length; i++)
                {
                    macros[i] = new Macro(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadString());
                }

                var starts = new Dictionary<uint, string>();
                for (var startsLeft = reader.ReadInt32(); startsLeft > 0; startsLeft--)
                {
                    starts.Add(reader.ReadUInt32(), string.Intern(reader.ReadString()));
                }

                read.Add(path, new File(includes, macros, starts));
            }

            return new HeaderIndex(read, NameFilter.ReadFrom(reader));
        }
        catch (Exception trouble) when (trouble is EndOfStreamException or OverflowException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("the index is cut off", trouble);
        }
    }

    /// <summary>Reads the index of a translation unit that was parsed to become a precompiled header.</summary>
    internal static HeaderIndex Of(CXTranslationUnitImpl* unit)
    {
        var includes = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var macros = new Dictionary<string, List<Macro>>(StringComparer.Ordinal);
        var paths = new Dictionary<nint, string>();
        foreach (var cursor in Cursors.Children(clang.getTranslationUnitCursor(unit)))
        {
            void* file;
            uint start;
            clang.getSpellingLocation(clang.getCursorLocation(cursor), &file, null, null, &start);
            if (file is null)
            {
                continue;
            }

            switch (cursor.kind)
            {
                case CXCursorKind.CXCursor_InclusionDirective when clang.getIncludedFile(cursor) is var included && included is not null:
                    ListOf(includes, PathOf(included));
                    ListOf(includes, PathOf(file)).Add(PathOf(included));
                    break;
                case CXCursorKind.CXCursor_MacroDefinition:
                    uint end;
                    clang.getSpellingLocation(clang.getRangeEnd(clang.getCursorExtent(cursor)), null, null, null, &end);
                    ListOf(macros, PathOf(file)).Add(new Macro(start, end, Cursors.Spelling(cursor)));
                    break;
            }
        }

        var mentioned = new NameFilter();
        var starts = new Dictionary<string, Dictionary<uint, string>>(StringComparer.Ordinal);
        foreach (var (file, path) in paths)
        {
            nuint size;
            var content = clang.getFileContents(unit, (void*)file, &size);
            var words = new NameScanner(new ReadOnlySpan<byte>(content, content is null ? 0 : (int)size));
            while (words.MoveNext())
            {
                mentioned.Add(words.Name);
                if (OriginReader.MayTell(words.Name))
                {
                    ref var ofFile = ref CollectionsMarshal.GetValueRefOrAddDefault(starts, path, out _);
                    (ofFile ??= [])[(uint)words.Start] = Encoding.ASCII.GetString(words.Name);
                }
            }
        }

        return new HeaderIndex(
            includes.Keys.Union(macros.Keys).ToDictionary(
                static path => path,
                path => new File([.. includes.GetValueOrDefault(path) ?? []], [.. (macros.GetValueOrDefault(path) ?? []).OrderBy(static macro => macro.Start)], starts.GetValueOrDefault(path) ?? []),
                StringComparer.Ordinal),
            mentioned);

        string PathOf(void* file)
        {
            ref var path = ref CollectionsMarshal.GetValueRefOrAddDefault(paths, (nint)file, out _);
            return path ??= NativeText.Take(clang.getFileName(file));
        }

        static List<T> ListOf<T>(Dictionary<string, List<T>> lists, string path)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, path, out _);
            return list ??= [];
        }
    }

    /// <summary>The files that are read when some files are included: they and all that they include.</summary>
    internal HashSet<string> Closure(IEnumerable<string> roots)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(roots);
        while (open.TryPop(out var path))
        {
            if (reached.Add(path) && files.TryGetValue(path, out var file))
            {
                foreach (var include in file.Includes)
                {
                    open.Push(include);
                }
            }
        }

        return reached;
    }

    /// <summary>True if a file is part of the precompiled header.</summary>
    internal bool Contains(string path) => files.ContainsKey(path);

    /// <summary>True if a name may be mentioned in one of the files.</summary>
    internal bool Mentions(ReadOnlySpan<byte> name) => names.MayContain(name);

    /// <summary>The name of the macro whose definition spells a place, or null.</summary>
    internal string? MacroAt(string path, uint offset)
    {
        if (!files.TryGetValue(path, out var file))
        {
            return null;
        }

        var index = Array.BinarySearch(file.Macros, new Macro(offset, 0, ""), Comparer<Macro>.Create(static (left, right) => left.Start.CompareTo(right.Start)));
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && offset < file.Macros[index].End ? file.Macros[index].Name : null;
    }

    /// <summary>The keyword or builtin that starts at a place, if it is one by which a node is known that libclang does not name; else null.</summary>
    internal string? WordAt(string path, uint offset) => files.GetValueOrDefault(path)?.Starts.GetValueOrDefault(offset);

    private sealed record File(string[] Includes, Macro[] Macros, Dictionary<uint, string> Starts);

    /// <summary>A definition, from its name to its end, as offsets in its file.</summary>
    private readonly record struct Macro(uint Start, uint End, string Name);
}
