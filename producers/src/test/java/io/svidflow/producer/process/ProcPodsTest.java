package io.svidflow.producer.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcPodsTest {

    private static final String UID = "1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f";
    private static final String GROUP_OF_UID = "0::/kubepods/besteffort/pod" + UID + "/0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-23T05:41:51Z");

    @TempDir
    private Path proc;

    private ProcPods pods;

    @BeforeEach
    void theNodeRunsForAnHour() throws IOException {
        Files.writeString(proc.resolve("uptime"), "3600.50 7000.00\n");
        pods = new ProcPods(proc, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            v2 systemd containerd | 0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1b4c0f6e_6d2a_4d52_8f2b_0c5a2b6d7e8f.slice/cri-containerd-5a0f3a8c1d2e4b6a7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d.scope
            v2 systemd CRI-O      | 0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1b4c0f6e_6d2a_4d52_8f2b_0c5a2b6d7e8f.slice/crio-5a0f3a8c1d2e4b6a.scope/container
            v2 systemd guaranteed | 0::/kubepods.slice/kubepods-pod1b4c0f6e_6d2a_4d52_8f2b_0c5a2b6d7e8f.slice/docker-5a0f3a8c1d2e4b6a.scope
            v2 systemd kind       | 0::/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-besteffort.slice/kubelet-kubepods-besteffort-pod1b4c0f6e_6d2a_4d52_8f2b_0c5a2b6d7e8f.slice/cri-containerd-5a0f.scope
            v2 cgroupfs           | 0::/kubepods/burstable/pod1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f/5a0f3a8c1d2e4b6a
            v2 cgroupfs k3s       | 0::/k8s.io/kubepods/besteffort/pod1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f/5a0f3a8c1d2e4b6a
            v1 cgroupfs           | 11:memory:/kubepods/besteffort/pod1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f/5a0f;1:name=systemd:/kubepods/besteffort/pod1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f/5a0f;0::/system.slice/containerd.service
            v1 systemd            | 4:pids:/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1b4c0f6e_6d2a_4d52_8f2b_0c5a2b6d7e8f.slice/cri-containerd-5a0f.scope;0::/
            v1, one controller    | 9:name=systemd:/;8:pids:/kubepods/besteffort/pod1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f/5a0f;6:freezer:/;0::/
            other namespace       | 0::/../../kubepods-besteffort-pod1b4c0f6e_6d2a_4d52_8f2b_0c5a2b6d7e8f.slice/cri-containerd-5a0f.scope
            cluster in a cluster  | 0::/kubepods/besteffort/podffffffff-6d2a-4d52-8f2b-0c5a2b6d7e8f/aa/kubepods/besteffort/pod1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f/bb
            """)
    void shouldFindThePodInTheControlGroup(String layout, String groups) throws IOException {
        process(42, 10, List.of(groups.split(";")), List.of());

        assertThat(pods.podOf(42, NOW)).contains(UID);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            no pod                 | 0::/system.slice/kubelet.service
            namespace of its own   | 0::/
            sibling in its pod     | 0::/../cri-containerd-5a0f3a8c.scope
            static pod             | 0::/kubepods/burstable/pod3f2504e04f8941d39a0c0305e82c3301/5a0f
            two pods               | 2:pids:/kubepods/pod1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f/a;1:cpu:/kubepods/podffffffff-6d2a-4d52-8f2b-0c5a2b6d7e8f/b
            other use of the word  | 0::/user.slice/tripod1b4c0f6e-6d2a-4d52-8f2b-0c5a2b6d7e8f/x
            nothing                | ;
            """)
    void shouldNotGuess(String layout, String groups) throws IOException {
        process(42, 10, List.of(groups.split(";")), List.of());

        assertThat(pods.podOf(42, NOW)).isEmpty();
    }

    @Test
    void shouldFindThePodInItsMountsWhereTheControlGroupDoesNotTell() throws IOException {
        process(
                42,
                10,
                List.of("0::/../cri-containerd-5a0f3a8c.scope"),
                List.of(
                        "1604 1591 0:100 / /proc rw,nosuid shared:1 - proc proc rw",
                        "1611 1591 254:1 /var/lib/kubelet/pods/" + UID + "/etc-hosts /etc/hosts rw - ext4 /dev/vda1 rw",
                        "1612 1592 254:1 /var/lib/kubelet/pods/" + UID
                                + "/containers/app/1f2e3d4c /dev/termination-log rw - ext4 /dev/vda1 rw"));

        assertThat(pods.podOf(42, NOW)).contains(UID);
    }

    @Test
    void shouldNotTakeTheMountsOfOtherPodsForItsOwn() throws IOException {
        process(
                42,
                10,
                List.of("0::/system.slice/csi.service"),
                List.of("1611 1591 0:55 / /var/lib/kubelet/pods/" + UID + "/volumes/csi/mount rw - tmpfs tmpfs rw"));

        assertThat(pods.podOf(42, NOW)).isEmpty();
    }

    @Test
    void shouldKnowNothingOfAProcessThatIsGone() {
        assertThat(pods.podOf(43, NOW)).isEmpty();
    }

    @Test
    void shouldTellAProcessFromALaterOneWithItsPid() throws IOException {
        process(42, 10, List.of(GROUP_OF_UID), List.of());

        assertThat(pods.podOf(42, NOW.minusSeconds(9))).isEqualTo(Optional.of(UID));
        assertThat(pods.podOf(42, NOW.minusSeconds(11))).isEmpty();
    }

    @Test
    void shouldReadTheStartBehindANameThatLooksLikeFields() throws IOException {
        process(42, 10, List.of(GROUP_OF_UID), List.of());
        Path stat = proc.resolve("42/stat");
        Files.writeString(stat, Files.readString(stat).replace("(app)", "(a) R 1) 2 (b)"));

        assertThat(pods.podOf(42, NOW)).contains(UID);
        assertThat(pods.podOf(42, NOW.minusSeconds(11))).isEmpty();
    }

    @Test
    void shouldKnowNothingOfAProcessWhoseStartCannotBeRead() throws IOException {
        process(42, 10, List.of(GROUP_OF_UID), List.of());
        Files.writeString(proc.resolve("42/stat"), "42 (app) S 1");

        assertThat(pods.podOf(42, NOW)).isEmpty();
    }

    @Test
    void shouldSayWhetherItSeesTheNode() throws IOException {
        assertThat(pods.check())
                .hasValueSatisfying(problem -> assertThat(problem).contains("mount the node's /proc"));

        process(1, 3600, List.of("0::/init.scope"), List.of());
        assertThat(pods.check()).isEmpty();

        process(1, 3600, List.of(GROUP_OF_UID), List.of());
        assertThat(pods.check())
                .hasValueSatisfying(problem -> assertThat(problem).contains("hostPID"));
    }

    private void process(long pid, int ageInSeconds, List<String> groups, List<String> mounts) throws IOException {
        Path process = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.write(process.resolve("cgroup"), groups);
        Files.write(process.resolve("mountinfo"), mounts);
        long ticks = 360_050 - ageInSeconds * 100L;
        Files.writeString(
                process.resolve("stat"),
                pid + " (app) S 1 42 42 0 -1 4194560 1093 0 0 0 3 1 0 0 20 0 8 0 " + ticks
                        + " 1263648768 3021 18446\n");
    }
}
