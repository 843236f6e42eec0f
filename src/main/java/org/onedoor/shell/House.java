package org.onedoor.shell;

import java.nio.file.Path;
import java.time.InstantSource;
import org.onedoor.log.DataFolder;
import org.onedoor.log.EventLog;
import org.onedoor.log.Logs;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the rooms stand on: the clock, the data folder and the log in it. */
@Configuration
class House {
  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  DataFolder folder(@Value("${onedoor.data}") Path dir) {
    return DataFolder.open(dir);
  }

  @Bean
  EventLog log(@Value("${onedoor.log}") String url, DataFolder folder, InstantSource clock) {
    return Logs.open(url, clock); // the folder is taken first: the log in a file is its owner's
  }

  @Bean(name = "indexFolder")
  Path indexFolder(DataFolder folder) {
    return folder.index();
  }
}
