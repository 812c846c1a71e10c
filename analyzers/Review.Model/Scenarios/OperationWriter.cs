using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static Review.Model.Scenarios.FieldWriter;

namespace Review.Model.Scenarios;

/// <summary>Writes one operation as a JSON object on one line.</summary>
public static class OperationWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The object's text.</summary>
    public static string Write(Operation operation)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            WriteObject(json, operation);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteObject(Utf8JsonWriter json, Operation operation)
    {
        json.WriteStartObject();
        json.WriteString("op", OperationNames.Of(operation));
        if (UffdOf(operation) is { } uffd)
        {
            json.WriteString("uffd", uffd);
        }

        if (operation is RangeOperation range)
        {
            WriteAddress(json, "addr", range.Address);
            WriteAddress(json, "len", range.Length);
        }

        WriteFields(json, operation);
        json.WriteEndObject();
    }

    private static string? UffdOf(Operation operation) => operation switch
    {
        UffdRegister register => register.Uffd,
        UffdUnregister unregister => unregister.Uffd,
        UffdCopy copy => copy.Uffd,
        UffdZeroPage zero => zero.Uffd,
        UffdContinue go => go.Uffd,
        UffdWriteProtect protect => protect.Uffd,
        UffdWait wait => wait.Uffd,
        UffdRead read => read.Uffd,
        JoinThreads { Monitored: { } monitored } => monitored,
        _ => null,
    };

    private static void WriteFields(Utf8JsonWriter json, Operation operation)
    {
        switch (operation)
        {
            case CreateFile file:
                WriteFile(json, file);
                break;
            case Ftruncate truncate:
                json.WriteString("fd", truncate.File);
                json.WriteNumber("pages", truncate.Pages);
                WriteCall(json, truncate.Expect);
                break;
            case Close close:
                json.WriteString("fd", close.File);
                WriteCall(json, close.Expect);
                break;
            case Mmap map:
                WriteMmap(json, map);
                break;
            case Reserve reserve:
                json.WriteString("name", reserve.Name);
                WriteAddress(json, "len", reserve.Length);
                WriteAddress(json, "align", reserve.Align);
                break;
            case Munmap unmap:
                WriteCall(json, unmap.Expect);
                break;
            case Mprotect protect:
                json.WriteString("prot", TextOf(protect.Protection));
                WriteCall(json, protect.Expect);
                break;
            case Mlock mlock:
                WriteCall(json, mlock.Expect);
                break;
            case Mlock2 mlock:
                json.WriteNumber("flags", mlock.Flags);
                WriteCall(json, mlock.Expect);
                break;
            case Munlock munlock:
                WriteCall(json, munlock.Expect);
                break;
            case Mseal seal:
                json.WriteNumber("flags", unchecked((long)seal.Flags));
                WriteCall(json, seal.Expect);
                break;
            case Msync sync:
                json.WriteNumber("raw", sync.Flags);
                WriteCall(json, sync.Expect);
                break;
            case Madvise madvise:
                WriteAdvice(json, madvise.Advice);
                WriteCall(json, madvise.Expect);
                break;
            case ProcessMadvise madvise:
                WriteProcessMadvise(json, madvise);
                break;
            case Mremap remap:
                WriteMremap(json, remap);
                break;
            case Mincore mincore:
                WriteFlag(json, "bad_vec", mincore.BadVector);
                WriteCall(json, mincore.Expect, "vec", mincore.Vector);
                break;
            case WriteBytes write:
                json.WriteNumber("byte", write.Byte);
                json.WriteString("expect", Vocabulary.Outcomes.WordOf(write.Expect));
                break;
            case ReadBytes read:
                json.WriteString("expect", TextOf(read.Expect));
                WriteNumber(json, "file_page", read.FilePage);
                WriteNumber(json, "pattern_page", read.PatternPage);
                break;
            case ExpectVmas vmas:
                WriteVmas(json, vmas.Vmas);
                break;
            case ExpectPages pages:
                WriteAddress(json, "addr", pages.Address);
                json.WriteString("state", pages.States);
                break;
            case Fork fork:
                json.WriteStartArray("steps");
                foreach (var step in fork.Steps)
                {
                    WriteObject(json, step);
                }

                json.WriteEndArray();
                break;
            case AccessRemotely access:
                WriteAddress(json, "addr", access.Address);
                WriteCall(json, access.Expect, "data", access.Data == PageContent.Any ? null : Vocabulary.Contents.WordOf(access.Data));
                break;
            case OpenUffd uffd:
                json.WriteString("name", uffd.Name);
                WriteTexts(json, "features", Vocabulary.UffdFeatures.WordsOf(uffd.Features));
                break;
            case UffdRegister register:
                json.WriteString("mode", string.Join('|', Vocabulary.UffdModes.WordsOf(register.Modes)));
                WriteCall(json, register.Expect);
                break;
            case UffdUnregister unregister:
                WriteCall(json, unregister.Expect);
                break;
            case UffdCopy copy:
                WriteAddress(json, "addr", copy.Address);
                json.WriteNumber("byte", copy.Byte);
                WriteCall(json, copy.Expect);
                break;
            case UffdZeroPage zero:
                WriteCall(json, zero.Expect);
                break;
            case UffdContinue go:
                WriteCall(json, go.Expect);
                break;
            case GetUserPages gup:
                json.WriteString("flags", string.Join('|', Vocabulary.GupFlags.WordsOf(gup.Flags)));
                WriteFlag(json, "fast", gup.IsFast);
                WriteCall(json, gup.Expect);
                break;
            case DeclareVolatile declared:
                json.WriteString("policy", Vocabulary.VolatilePolicies.WordOf(declared.Policy));
                WriteCall(json, declared.Expect);
                break;
            case ModelOnlyOperation only:
                WriteCall(json, only.Expect);
                break;
            case SecondaryRead read:
                WriteAddress(json, "addr", read.Address);
                break;
            case UffdWriteProtect protect:
                json.WriteBoolean("on", protect.Protect);
                WriteCall(json, protect.Expect);
                break;
            case StartThread thread:
                json.WritePropertyName("step");
                WriteObject(json, thread.Step);
                break;
            case SpeculativeAccess access:
                WriteAddress(json, "addr", access.Address);
                if (access.Byte is { } written)
                {
                    json.WriteNumber("byte", written);
                }

                json.WriteString("way", Vocabulary.SpeculativeWays.WordOf(access.Way));
                break;
            case UffdRead read:
                WriteEvent(json, read.Expect);
                if (read.Name is { } child)
                {
                    json.WriteString("name", child);
                }

                break;
            case RlimitMemlock limit:
                json.WriteNumber("bytes", limit.Bytes);
                WriteCall(json, limit.Expect);
                break;
            case DropPrivileges drop:
                WriteCall(json, drop.Expect);
                break;
            default:
                break;
        }
    }

    private static void WriteFile(Utf8JsonWriter json, CreateFile file)
    {
        json.WriteString("name", file.Name);
        json.WriteNumber("pages", file.Pages);
        json.WriteString("kind", Vocabulary.FileKinds.WordOf(file.Kind));
        WriteText(json, "fill", file.ZeroFilled ? "zero" : null);
        WriteText(json, "mode", file.ReadOnly ? "ro" : null);
        WriteFlag(json, "write_seal", file.WriteSealed);
    }

    private static void WriteMmap(Utf8JsonWriter json, Mmap map)
    {
        WriteText(json, "name", map.Name);
        WriteAddress(json, "at", map.At);
        WriteAddress(json, "align", map.Align);
        WriteAddress(json, "len", map.Length);
        json.WriteString("prot", TextOf(map.Protection));
        json.WriteString("flags", string.Join('|', Vocabulary.MappingFlags.WordsOf(map.Flags)));
        WriteText(json, "fd", map.File);
        WriteAddress(json, "off", map.Offset);
        WriteCall(json, map.Expect);
    }

    private static void WriteProcessMadvise(Utf8JsonWriter json, ProcessMadvise madvise)
    {
        json.WriteString("target", Vocabulary.Targets.WordOf(madvise.Target));
        json.WriteStartArray("iov");
        foreach (var element in madvise.Vector)
        {
            json.WriteStartArray();
            json.WriteStringValue(element.Address.ToString());
            json.WriteStringValue(element.Length.ToString());
            json.WriteEndArray();
        }

        json.WriteEndArray();
        WriteNumber(json, "vlen", madvise.VectorLength);
        WriteFlag(json, "null_iov", madvise.NullVector);
        WriteAdvice(json, madvise.Advice);
        WriteNumber(json, "flags", madvise.Flags == 0 ? null : madvise.Flags);
        WriteCall(json, madvise.Expect);
    }

    private static void WriteMremap(Utf8JsonWriter json, Mremap remap)
    {
        WriteAddress(json, "addr", remap.Address);
        WriteAddress(json, "old_len", remap.OldLength);
        WriteAddress(json, "new_len", remap.NewLength);
        json.WriteString("flags", string.Join('|', Vocabulary.RemapFlags.WordsOf(remap.Flags)));
        WriteAddress(json, "new", remap.NewAddress);
        WriteText(json, "name", remap.Name);
        WriteFlag(json, "same_addr", remap.SameAddress);
        WriteCall(json, remap.Expect);
    }

    private static void WriteVmas(Utf8JsonWriter json, EquatableList<ExpectedVma> vmas)
    {
        json.WriteStartArray("vmas");
        foreach (var vma in vmas)
        {
            json.WriteStartObject();
            json.WriteString("pages", $"{vma.StartPage}-{vma.EndPage}");
            WriteText(json, "perm", vma.Permissions);
            if (vma.Has.Count > 0)
            {
                WriteTexts(json, "has", vma.Has);
            }

            if (vma.Lacks.Count > 0)
            {
                WriteTexts(json, "not", vma.Lacks);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEvent(Utf8JsonWriter json, EventExpectation expect)
    {
        json.WriteStartObject("expect");
        WriteText(json, "event", expect.Event is { } kind ? Vocabulary.Events.WordOf(kind) : null);
        WriteAddress(json, "start", expect.Start);
        WriteAddress(json, "end", expect.End);
        json.WriteEndObject();
    }
}
