using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Compilation;

namespace Review.Tests.Kernel;

public sealed class CompilationTests
{
    private const string CharIsUnsigned = "VERSION = 6\nPATCHLEVEL = 2\nKBUILD_CFLAGS += -funsigned-char\n";

    [Fact]
    public void HeadersAreSearchedInKbuildsOrder()
    {
        var arguments = Arguments(Architecture.X86, MemoryTree.Kernel()).For("mm/page-io.c", "T", "O");
        Assert.Equal(
            (string[])["-IO/arch", "-IT/arch/x86/include", "-IO/include", "-IT/include", "-IO/arch/uapi", "-IT/arch/x86/include/uapi", "-IO/include/generated/uapi", "-IT/include/uapi", "-IT/mm"],
            arguments.Where(argument => argument.StartsWith("-I", StringComparison.Ordinal)));
        Assert.Equal("--target=x86_64-linux-gnu", arguments[0]);
        Assert.Equal("-nostdinc", arguments[1]);
    }

    [Fact]
    public void SourcesKnowTheirNames()
    {
        var arguments = Arguments(Architecture.X86, MemoryTree.Kernel()).For("mm/page-io.c", "T", "O");
        Assert.Contains("-DKBUILD_MODFILE=\"mm/page_io\"", arguments);
        Assert.Contains("-DKBUILD_BASENAME=\"page_io\"", arguments);
        Assert.Contains("-DKBUILD_MODNAME=\"page_io\"", arguments);
        Assert.Contains("-D__KBUILD_MODNAME=kmod_page_io", arguments);
    }

    [Fact]
    public void OnlyForcedHeadersThatExistAreIncluded()
    {
        var arguments = Arguments(Architecture.X86, MemoryTree.Kernel().With("include/linux/kconfig.h", "").With("include/linux/compiler_types.h", "")).For("mm/a.c", "T", "O");
        Assert.Equal(
            "-include T/include/linux/kconfig.h -include T/include/linux/compiler_types.h",
            string.Join(' ', arguments.SkipWhile(argument => argument != "-include").Take(4)));
    }

    [Theory]
    [InlineData(CharIsUnsigned, true)]
    [InlineData("VERSION = 6\nPATCHLEVEL = 1\n# KBUILD_CFLAGS += -funsigned-char\n", false)]
    public void CharIsUnsignedWhereTheMakefileSaysSo(string makefile, bool expected) =>
        Assert.Equal(expected, Arguments(Architecture.X86, MemoryTree.Kernel(makefile)).For("mm/a.c", "T", "O").Contains("-funsigned-char"));

    [Fact]
    public void MicrosoftExtensionsAreAlwaysOnAndWarningsAreNobodysBusinessHere()
    {
        foreach (var architecture in Architecture.All)
        {
            var arguments = Arguments(architecture, MemoryTree.Kernel()).For("mm/a.c", "T", "O");
            Assert.Contains("-fms-extensions", arguments);
            Assert.DoesNotContain(arguments, argument => argument.StartsWith("-w", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void ArmHasNoOptionOfX86()
    {
        var arguments = Arguments(Architecture.Arm64, MemoryTree.Kernel(), "CONFIG_AS_HAS_ARMV8_4=y\nCONFIG_KASAN_SW_TAGS=y\n").For("mm/a.c", "T", "O");
        Assert.DoesNotContain("-m64", arguments);
        Assert.DoesNotContain("-mno-sse", arguments);
        Assert.Contains("-DARM64_ASM_ARCH=\"armv8.4-a\"", arguments);
        Assert.Contains("-DKASAN_SHADOW_SCALE_SHIFT=4", arguments);
        Assert.Contains("-mlittle-endian", arguments);
    }

    [Fact]
    public void FlagsOfMakefilesComeBeforeTheOwnDirectory()
    {
        var tree = MemoryTree.Kernel().With("mm/Makefile", "CFLAGS_a.o := -I $(srctree)/$(src)/trace -DX=1\n").With("mm/a.c", "");
        var arguments = Arguments(Architecture.X86, tree).For("mm/a.c", "T", "O");
        Assert.Equal("-IT/mm/trace -DX=1 -IT/mm", string.Join(' ', arguments.SkipWhile(argument => argument != "-IT/mm/trace").Take(3)));
    }

    [Fact]
    public void ACompileDatabaseKeepsWhatASourceMeans()
    {
        var command = Find("""
            clang -Wp,-MMD,mm/.a.o.d -nostdinc -I./arch/x86/include -I../inc -isystem sys -include ./include/linux/kconfig.h -D__KERNEL__ -D "KBUILD_STR(s)=\"a b\"" -UX
            -std=gnu11 -Wall -Wno-gnu -Werror=return-type -O2 -fshort-wchar -fno-PIE -mno-sse -mcmodel=kernel --target=x86_64-linux-gnu -mretpoline-external-thunk -fconserve-stack
            -fmin-function-alignment=16 -pg -c -o mm/a.o mm/a.c
            """);
        Assert.Empty(command.Problems);
        Assert.Equal(
            """
            -nostdinc -I/k/arch/x86/include -I/inc -isystem /k/sys -include /k/include/linux/kconfig.h -D__KERNEL__ -DKBUILD_STR(s)="a b" -UX
            -std=gnu11 -Wall -Wno-gnu -Werror=return-type -O2 -fshort-wchar -fno-PIE -mno-sse -mcmodel=kernel --target=x86_64-linux-gnu
            """.ReplaceLineEndings(" "),
            string.Join(' ', command.Arguments));
    }

    [Theory]
    [InlineData("-fplugin=/tmp/evil.so")]
    [InlineData("-fpass-plugin=/tmp/evil.so")]
    [InlineData("-Xclang -load -Xclang /tmp/evil.so")]
    [InlineData("-mllvm -load=/tmp/evil.so")]
    [InlineData("-B /tmp/evil")]
    [InlineData("-B/tmp/evil")]
    [InlineData("-specs=/tmp/evil")]
    [InlineData("--config /tmp/evil")]
    [InlineData("--config=/tmp/evil")]
    [InlineData("-fuse-ld=/tmp/evil")]
    [InlineData("-ivfsoverlay /tmp/evil")]
    [InlineData("-include-pch /tmp/evil")]
    [InlineData("-fmodules-cache-path=/tmp/evil")]
    [InlineData("@/tmp/evil")]
    public void OptionsThatLoadOrRunAreRefused(string option)
    {
        var command = Find($"clang -DOK {option} -c mm/a.c");
        Assert.Equal("-DOK", Assert.Single(command.Arguments));
        Assert.NotEmpty(command.Problems);
    }

    [Theory]
    [InlineData("-D @/tmp/evil")]
    [InlineData("-U @/tmp/evil")]
    [InlineData("-x @/tmp/evil")]
    [InlineData("-target @/tmp/evil")]
    [InlineData("-I @/tmp/evil")]
    [InlineData("-include @/tmp/evil")]
    [InlineData("-o @/tmp/evil")]
    [InlineData("-D")]
    public void NoArgumentNamesAFileWithMoreArguments(string option) =>
        Assert.DoesNotContain(Find($"clang {option}").Arguments, argument => argument.StartsWith('@'));

    [Theory]
    [InlineData("-Wl,--plugin=x")]
    [InlineData("-Wa,-march=x")]
    [InlineData("-Wp,-include,x")]
    [InlineData("-save-temps")]
    [InlineData("-fintegrated-as")]
    [InlineData("-fno-integrated-as")]
    [InlineData("-M")]
    [InlineData("-MD")]
    [InlineData("-MF x.d")]
    [InlineData("-fprofile-use=x")]
    [InlineData("-fdebug-prefix-map=a=b")]
    [InlineData("-Womit@x/y")]
    public void OptionsOfOtherStagesAreDropped(string option) =>
        Assert.Empty(Find($"clang {option}").Arguments);

    [Fact]
    public void EntriesWithArgumentListsAreRead()
    {
        var commands = CompileCommands.Parse("""[{"directory":"/k","file":"/k/mm/a.c","arguments":["cc","-DA=\"x y\"","-c","mm/a.c"]},{"file":1},7]""");
        Assert.Equal("-DA=\"x y\"", Assert.Single(commands.Find("mm/a.c", "/k/")!.Arguments));
        Assert.Null(commands.Find("mm/b.c", "/k"));
        Assert.Null(commands.Find("mm/a.c", "/other"));
    }

    [Theory]
    [InlineData("{}", "JSON array")]
    [InlineData("[{]", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    public void ATextThatIsNoDatabaseSaysSo(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<KernelTreeException>(() => CompileCommands.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void AVeryDeepDatabaseIsRefused() =>
        Assert.Throws<KernelTreeException>(() => CompileCommands.Parse(new string('[', 100_000)));

    [Fact]
    public void AConfiguredBuildTreeBringsItsOwnConfigurationAndHeaders()
    {
        var build = new MemoryTree()
            .With("include/generated/autoconf.h", "")
            .With("include/generated/bounds.h", "")
            .With("include/config/auto.conf", "#\n# Automatically generated file; DO NOT EDIT.\n#\nCONFIG_64BIT=y\nCONFIG_HZ=100\n")
            .With("arch/arm64/include/generated/uapi/asm/types.h", "");
        var configured = ConfiguredBuild.Find(build, "/build", Architecture.Arm64)!;
        Assert.Equal("100", configured.Configuration.Value("HZ"));
        var arguments = Arguments(Architecture.Arm64, MemoryTree.Kernel()).For("mm/a.c", "/tree", configured.Headers);
        Assert.Equal(
            (string[])["-I/build/arch/arm64/include/generated", "-I/tree/arch/arm64/include", "-I/build/include", "-I/tree/include", "-I/build/arch/arm64/include/generated/uapi", "-I/tree/arch/arm64/include/uapi", "-I/build/include/generated/uapi", "-I/tree/include/uapi", "-I/tree/mm"],
            arguments.Where(argument => argument.StartsWith("-I", StringComparison.Ordinal)));
        Assert.Contains("ARCH=x86_64 prepare", Assert.Throws<KernelTreeException>(() => ConfiguredBuild.Find(build, "/build", Architecture.X86)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ATreeThatWasNeverConfiguredIsNoBuildTree() =>
        Assert.Null(ConfiguredBuild.Find(MemoryTree.Kernel(), "/build", Architecture.X86));

    private static CompileCommand Find(string command) => CompileCommands
        .Parse(System.Text.Json.JsonSerializer.Serialize(new[] { new { directory = "/k", file = "mm/a.c", command } }))
        .Find("mm/a.c", "/k")!;

    private static ClangArguments Arguments(Architecture architecture, MemoryTree tree, string configuration = "") =>
        KernelBuild.Create(tree, architecture, KernelConfiguration.FromSettings("test", configuration)).Arguments;
}
