using System.Globalization;
using System.Text;
using Review.Model.Scenarios;

namespace Review.Cli.Exploring;

/// <summary>Operations of the scenario format as C statements and expressions, and the small functions they need.</summary>
internal sealed class KselftestCalls
{
    /// <summary>Includes and functions of every program.</summary>
    public const string Prologue = """
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <linux/userfaultfd.h>
        #include <poll.h>
        #include <pthread.h>
        #include <semaphore.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/ioctl.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <unistd.h>

        #define PAGE 4096ul

        static void must(int ok, const char *what)
        {
        	if (!ok) {
        		printf("ok 1 # SKIP %s: %s\n", what, strerror(errno));
        		exit(4);
        	}
        }

        /* Memory with unmapped pages on both sides. */
        static __attribute__((unused)) char *map(unsigned long length, int prot, int flags, int fd, long offset)
        {
        	char *place = mmap(NULL, length + 128 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

        	must(place != MAP_FAILED && munmap(place, length + 128 * PAGE) == 0, "mmap");
        	place = mmap(place + 64 * PAGE, length, prot, flags | MAP_FIXED, fd, offset);
        	must(place != MAP_FAILED, "mmap");
        	return place;
        }

        static __attribute__((unused)) long fill(char *at, unsigned long length, int first, int step)
        {
        	for (unsigned long page = 0; page * PAGE < length; page++)
        		memset(at + page * PAGE, first + step * (int)page, PAGE);
        	return 0;
        }

        static __attribute__((unused)) int open_uffd(unsigned long features)
        {
        	int fd = syscall(__NR_userfaultfd, O_CLOEXEC);
        	struct uffdio_api api = { .api = UFFD_API, .features = features };

        	must(fd >= 0 && ioctl(fd, UFFDIO_API, &api) == 0, "userfaultfd");
        	return fd;
        }

        static __attribute__((unused)) long uffd_register(int fd, char *at, unsigned long length, unsigned long mode)
        {
        	struct uffdio_register range = { .range = { (unsigned long)at, length }, .mode = mode };

        	return ioctl(fd, UFFDIO_REGISTER, &range);
        }

        static __attribute__((unused)) void wait_readable(int fd)
        {
        	struct pollfd wanted = { .fd = fd, .events = POLLIN };

        	must(poll(&wanted, 1, 10000) == 1, "the event of the userfaultfd");
        }

        static __attribute__((unused)) long read_event(int fd)
        {
        	struct uffd_msg message;

        	return read(fd, &message, sizeof(message)) == sizeof(message) ? 0 : -1;
        }

        static __attribute__((unused)) int is_present(char *at)
        {
        	uint64_t entry = 0;
        	int fd = open("/proc/self/pagemap", O_RDONLY);

        	must(fd >= 0 && pread(fd, &entry, sizeof(entry), (uintptr_t)at / PAGE * sizeof(entry)) == sizeof(entry), "pagemap");
        	close(fd);
        	return entry >> 63;
        }

        """;

    private readonly List<string> mappings = [];
    private readonly List<string> userfaultfds = [];
    private readonly List<string> files = [];

    /// <summary>The variables of the mappings, files and userfaultfds that the setup has made.</summary>
    public string Declarations()
    {
        var text = new StringBuilder("\n");
        foreach (var name in mappings)
        {
            text.Append(CultureInfo.InvariantCulture, $"static char *{Variable(name)};\n");
        }

        foreach (var name in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"static int {Variable(name)};\n");
        }

        return text.ToString();
    }

    /// <summary>The variable of a userfaultfd by its number in the model, which counts them from 1 in the order they were opened.</summary>
    public string UserfaultfdName(int number) => Variable(userfaultfds[number - 1]);

    /// <summary>An address expression as C.</summary>
    public static string Address(string expression) => AddressExpression.TryParse(expression, out var parsed) ? Address(parsed) : throw new ArgumentException($"no address: {expression}", nameof(expression));

    /// <summary>A statement of the setup.</summary>
    public string Setup(Operation operation)
    {
        switch (operation)
        {
            case Mmap { Name: { } name } map:
                mappings.Add(name);
                return $"{Variable(name)} = map({Length(map.Length)}, {TextOf(map.Protection)}, {TextOf(map.Flags)}, {(map.File is { } mapped ? Variable(mapped) : "-1")}, {(map.Offset is { } offset ? Length(offset) : "0")});";
            case CreateFile { Kind: FileKind.Memfd, ReadOnly: false, WriteSealed: false } file:
                files.Add(file.Name);
                return $"{Variable(file.Name)} = memfd_create(\"{file.Name}\", 0);\n\tmust({Variable(file.Name)} >= 0 && ftruncate({Variable(file.Name)}, {file.Pages} * PAGE) == 0, \"memfd_create\");";
            case OpenUffd uffd:
                files.Add(uffd.Name);
                userfaultfds.Add(uffd.Name);
                return $"{Variable(uffd.Name)} = open_uffd({FeaturesOf(uffd.Features)});";
            default:
                return $"must({Call(operation)} == 0, \"{OperationNames.Of(operation)}\");";
        }
    }

    /// <summary>An expression that carries out an operation and is 0 if it succeeds.</summary>
    public static string Call(Operation operation) => operation switch
    {
        Madvise call => $"madvise({Address(call.Address)}, {Length(call.Length)}, {call.Advice} /* {Model.Madv.NameOf(call.Advice)} */)",
        Mprotect call => $"mprotect({Address(call.Address)}, {Length(call.Length)}, {TextOf(call.Protection)})",
        Munmap call => $"munmap({Address(call.Address)}, {Length(call.Length)})",
        Mlock call => $"mlock({Address(call.Address)}, {Length(call.Length)})",
        Munlock call => $"munlock({Address(call.Address)}, {Length(call.Length)})",
        WritePattern call => $"fill({Address(call.Address)}, {Length(call.Length)}, 0x61, 1)",
        WriteBytes call => $"fill({Address(call.Address)}, {Length(call.Length)}, {call.Byte}, 0)",
        UffdRegister call => $"uffd_register({Variable(call.Uffd)}, {Address(call.Address)}, {Length(call.Length)}, {(int)call.Modes})",
        UffdRead call => $"read_event({Variable(call.Uffd)})",
        _ => throw new UserError($"{OperationNames.Of(operation)} cannot be written as a test program", "leave --emit out to see the interleaving"),
    };

    private static string Variable(string name) => $"v_{name}";

    private static string Address(AddressExpression expression) => Terms(expression);

    private static string Length(AddressExpression expression) => Terms(expression);

    private static string Terms(AddressExpression expression)
    {
        var text = new StringBuilder();
        foreach (var term in expression.Terms)
        {
            text.Append(term.Negative ? " - " : text.Length > 0 ? " + " : "");
            text.Append(term.Name is { } name ? Variable(name) : term.Unit switch
            {
                AddressUnit.Pages => $"{term.Number} * PAGE",
                AddressUnit.HugePages => $"{term.Number} * 512 * PAGE",
                _ => $"{term.Number}ul",
            });
        }

        return text.ToString();
    }

    private static string TextOf(Protection protection) => protection == Protection.None ? "PROT_NONE" : Words(
        (protection.HasFlag(Protection.Read), "PROT_READ"), (protection.HasFlag(Protection.Write), "PROT_WRITE"), (protection.HasFlag(Protection.Execute), "PROT_EXEC"));

    private static string TextOf(MappingFlags flags) => Words(
        (flags.HasFlag(MappingFlags.Private), "MAP_PRIVATE"),
        (flags.HasFlag(MappingFlags.Shared), "MAP_SHARED"),
        (flags.HasFlag(MappingFlags.Anonymous), "MAP_ANONYMOUS"),
        (flags.HasFlag(MappingFlags.Populate), "MAP_POPULATE"),
        (flags.HasFlag(MappingFlags.Locked), "MAP_LOCKED"),
        (flags.HasFlag(MappingFlags.NoReserve), "MAP_NORESERVE"));

    private static string FeaturesOf(UffdFeatures features) => features == UffdFeatures.None ? "0" : Words(
        (features.HasFlag(UffdFeatures.SigBus), "UFFD_FEATURE_SIGBUS"),
        (features.HasFlag(UffdFeatures.EventRemove), "UFFD_FEATURE_EVENT_REMOVE"),
        (features.HasFlag(UffdFeatures.EventUnmap), "UFFD_FEATURE_EVENT_UNMAP"),
        (features.HasFlag(UffdFeatures.EventRemap), "UFFD_FEATURE_EVENT_REMAP"),
        (features.HasFlag(UffdFeatures.EventFork), "UFFD_FEATURE_EVENT_FORK"),
        (features.HasFlag(UffdFeatures.WriteProtect), "UFFD_FEATURE_PAGEFAULT_FLAG_WP"));

    private static string Words(params ReadOnlySpan<(bool IsSet, string Word)> words)
    {
        var text = new StringBuilder();
        foreach (var (isSet, word) in words)
        {
            text.Append(isSet && text.Length > 0 ? " | " : "").Append(isSet ? word : "");
        }

        return text.ToString();
    }
}
