"""A standalone cluster of Spark on this machine, from the project's own class path."""

import os
import pathlib
import re
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 10
POLL_SECONDS = 0.1
DAEMONS = "org.apache.spark.deploy"
# The daemons' logs are how it is known that they are ready.
LOG_CONFIGURATION = """rootLogger.level = info
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
"""


class ClusterError(Exception):
    pass


class StandaloneCluster:
    """A master and workers of one core each, as processes of their own, from "with" to its end."""

    def __init__(self, workers):
        self.workers = workers
        self.url = f"spark://{HOST}:{free_port()}"
        self.processes = []

    def __enter__(self):
        self.directory = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *failure):
        self.stop()

    def start(self):
        self.path = pathlib.Path(self.directory.name)
        install_spark(self.path / "home" / "jars")
        (self.path / "log4j2.properties").write_text(LOG_CONFIGURATION)
        port = self.url.rpartition(":")[2]
        self.daemon("master.Master", "New state: ALIVE", "--port", port)
        for number in range(self.workers):
            work = str(self.path / f"work-{number}")
            options = ["--cores", "1", "--memory", "2g", "--work-dir", work, self.url]
            self.daemon("worker.Worker", "Successfully registered with master", *options)

    def daemon(self, main, ready, *options):
        log = self.path / f"daemon-{len(self.processes)}.log"
        command = [*java(), "-Xmx512m", "-cp", class_path(), f"{DAEMONS}.{main}"]
        command += ["--host", HOST, "--webui-port", "0", *options]
        with log.open("w") as out:
            # A session of its own: Ctrl-C is for us, and the executors end with their worker.
            process = subprocess.Popen(
                command,
                env=self.environment(),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        wait_until_logged(process, log, ready)

    def environment(self):
        return os.environ | {
            "SPARK_HOME": str(self.path / "home"),
            "SPARK_SCALA_VERSION": "2.13",
            "SPARK_LOCAL_IP": HOST,
            "LOG4J_CONFIGURATION_FILE": str(self.path / "log4j2.properties"),
        }

    def stop(self):
        for process in reversed(self.processes):
            stop_group(process)
        self.directory.cleanup()


def install_spark(jars):
    """Executors get the jars of a home of Spark, in which links to those of the build do."""
    jars.mkdir(parents=True)
    for number, jar in enumerate(class_path().split(os.pathsep)):
        (jars / f"{number}-{pathlib.Path(jar).name}").symlink_to(jar)


def wait_until_logged(process, log, sentence):
    deadline = time.monotonic() + START_SECONDS
    while sentence not in log.read_text():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ClusterError(f'"{sentence}" is not in:\n{log.read_text()}')
        time.sleep(POLL_SECONDS)


def stop_group(process):
    """A process that leads a session of its own, and all that it started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(STOP_SECONDS)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def java():
    """The command, with what Spark's own launcher passes to every JVM."""
    home = os.environ.get("JAVA_HOME")
    pom = (ROOT / "pom.xml").read_text()
    options = re.search("<spark.jvm.options>(.*)</spark.jvm.options>", pom).group(1).split()
    return [f"{home}/bin/java" if home else "java", *options]


def class_path():
    """Written by the build."""
    return (ROOT / "target" / "spark.classpath").read_text()


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]
